# SPDX-License-Identifier: Apache-2.0
# What is installed, and the packages that hold it.
install(TARGETS logdiag RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES README.md CHANGELOG.md THIRD_PARTY_NOTICES.md NOTICE
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What is linked in has terms of its own; Debian has them on every system.
if(LOGDIAG_STATIC)
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(DIRECTORY docs/licenses DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

# What a pod, a CI job or an own pattern needs besides the program.
set(extras ${CMAKE_INSTALL_DATADIR}/logdiag)
install(FILES packaging/README.md packaging/collect.sh
  reports/data/report.schema.json reports/data/summary.schema.json
  reports/data/fleet.schema.json DESTINATION ${extras})
install(DIRECTORY docs/fleet DESTINATION ${extras})
install(DIRECTORY packaging/comfyui packaging/github packaging/gitlab
  DESTINATION ${extras} USE_SOURCE_PERMISSIONS)
install(FILES patterns/README.md DESTINATION ${extras} RENAME patterns.md)

# `target` is built by all: `file` is `from`, compressed without name or time.
find_program(GZIP gzip REQUIRED)
function(logdiag_install_compressed from folder name)
  set(file ${PROJECT_BINARY_DIR}/compressed/${name}.gz)
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/compressed
    COMMAND ${GZIP} -9nc ${from} > ${file}
    DEPENDS ${from} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY logdiag_compressed ${file})
  install(FILES ${file} DESTINATION ${folder})
endfunction()
foreach(section 1 5)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/*.${section})
  foreach(page ${pages})
    get_filename_component(name ${page} NAME)
    logdiag_install_compressed(${page} ${CMAKE_INSTALL_MANDIR}/man${section}
      ${name})
  endforeach()
endforeach()

# The completions are what the binary itself writes; another machine's binary
# cannot be asked.
if(NOT CMAKE_CROSSCOMPILING)
  foreach(shell bash zsh fish)
    set(script ${PROJECT_BINARY_DIR}/completions/${shell})
    list(APPEND completions ${script})
    add_custom_command(OUTPUT ${script}
      COMMAND ${CMAKE_COMMAND} -E make_directory
        ${PROJECT_BINARY_DIR}/completions
      COMMAND $<TARGET_FILE:logdiag> completion ${shell} > ${script}
      DEPENDS logdiag VERBATIM)
  endforeach()
  set(share ${CMAKE_INSTALL_DATADIR})
  install(FILES ${PROJECT_BINARY_DIR}/completions/bash
    DESTINATION ${share}/bash-completion/completions RENAME logdiag)
  install(FILES ${PROJECT_BINARY_DIR}/completions/zsh
    DESTINATION ${share}/zsh/vendor-completions RENAME _logdiag)
  install(FILES ${PROJECT_BINARY_DIR}/completions/fish
    DESTINATION ${share}/fish/vendor_completions.d RENAME logdiag.fish)
endif()

set(CPACK_PACKAGE_NAME logdiag)
set(CPACK_PACKAGE_VENDOR "The logdiag authors")
set(CPACK_PACKAGE_CONTACT "The logdiag authors <logdiag@logdiag.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "forensics for the logs of GPU pods")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(cmake/debian_package.cmake)
include(CPack)

get_property(compressed GLOBAL PROPERTY logdiag_compressed)
add_custom_target(to_install ALL DEPENDS ${compressed} ${completions})
