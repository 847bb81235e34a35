# SPDX-License-Identifier: Apache-2.0
# The libraries for WebAssembly, for which no distribution has any: from their
# sources, which scripts/build-web puts into LOGDIAG_SOURCES, and from headers
# of this system, which are the same for all.
set(LOGDIAG_SOURCES "" CACHE PATH "Folder with the sources re2/ and simdjson/")
foreach(source re2/re2/unicode_groups.cc simdjson/src/simdjson.cpp)
  if(NOT EXISTS ${LOGDIAG_SOURCES}/${source})
    message(FATAL_ERROR "LOGDIAG_SOURCES has no ${source}; scripts/build-web "
      "gets it.")
  endif()
endforeach()

# All of /usr/include would bring the headers of this system's libc.
set(headers ${PROJECT_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${headers})
foreach(library boost fmt nlohmann)
  file(CREATE_LINK /usr/include/${library} ${headers}/${library} SYMBOLIC)
endforeach()
function(logdiag_header_library target)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${headers})
  target_compile_definitions(${target} INTERFACE ${ARGN})
endfunction()
logdiag_header_library(Boost::headers)
logdiag_header_library(nlohmann_json::nlohmann_json)
logdiag_header_library(logdiag_header_fmt FMT_HEADER_ONLY)
logdiag_dependency(fmt logdiag_header_fmt)

# Of RE2's util/ the rest is for its tests.
file(GLOB re2_sources ${LOGDIAG_SOURCES}/re2/re2/*.cc)
add_library(logdiag_re2 STATIC ${re2_sources}
  ${LOGDIAG_SOURCES}/re2/util/rune.cc ${LOGDIAG_SOURCES}/re2/util/strutil.cc)
target_include_directories(logdiag_re2 SYSTEM PUBLIC ${LOGDIAG_SOURCES}/re2)
target_compile_options(logdiag_re2 PRIVATE -w)
logdiag_dependency(re2 logdiag_re2)
add_library(logdiag_simdjson STATIC ${LOGDIAG_SOURCES}/simdjson/src/simdjson.cpp)
target_include_directories(logdiag_simdjson SYSTEM
  PUBLIC ${LOGDIAG_SOURCES}/simdjson/include
  PRIVATE ${LOGDIAG_SOURCES}/simdjson/src)
logdiag_dependency(simdjson logdiag_simdjson)
logdiag_dependency(archive)
logdiag_dependency(packers)
logdiag_dependency(yaml)
set_target_properties(logdiag_re2 logdiag_simdjson PROPERTIES UNITY_BUILD OFF)
