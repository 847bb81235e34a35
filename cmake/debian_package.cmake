# SPDX-License-Identifier: Apache-2.0
# The Debian package. The static program needs nothing and installs on every
# release; the other one needs the shared libraries of the release it is built on.
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(NOT DPKG_SHLIBDEPS)
  return()
endif()
list(APPEND CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
if(NOT LOGDIAG_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL aarch64)
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Reads the log of a pod that died or hung (ComfyUI, trainers, handlers and
servers, on RunPod, Docker or Kubernetes) and writes what went wrong, why,
with the lines that prove it, and what to do.")

# What Debian's policy asks of each package: the terms, and a changelog.
set(debian ${PROJECT_BINARY_DIR}/debian)
file(WRITE ${debian}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: logdiag

Files: *
Copyright: The logdiag authors
License: Apache-2.0
 The full text is in /usr/share/common-licenses/Apache-2.0.
")
file(WRITE ${debian}/changelog
"logdiag (${PROJECT_VERSION}) unstable; urgency=medium

  * What changed is in CHANGELOG.md.

 -- The logdiag authors <logdiag@logdiag.invalid>  Thu, 01 Jan 1970 00:00:00 +0000
")
install(FILES ${debian}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
logdiag_install_compressed(${debian}/changelog ${CMAKE_INSTALL_DOCDIR} changelog)
