# SPDX-License-Identifier: Apache-2.0
# The libraries, as targets logdiag::NAME, shared as the system has them or, with
# LOGDIAG_STATIC, all within the binary.
function(logdiag_dependency name)
  add_library(logdiag_dep_${name} INTERFACE)
  target_link_libraries(logdiag_dep_${name} INTERFACE ${ARGN})
  add_library(logdiag::${name} ALIAS logdiag_dep_${name})
endfunction()

if(EMSCRIPTEN)
  include(${PROJECT_SOURCE_DIR}/web/dependencies.cmake)
  return()
endif()

find_package(Boost 1.74 REQUIRED)
find_package(fmt 8 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)

if(NOT LOGDIAG_STATIC)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
  find_package(yaml-cpp 0.7 REQUIRED)
  find_package(simdjson REQUIRED)
  logdiag_dependency(re2 PkgConfig::RE2)
  logdiag_dependency(fmt fmt::fmt)
  logdiag_dependency(yaml yaml-cpp)
  find_package(BZip2 REQUIRED)
  pkg_check_modules(PACKERS REQUIRED IMPORTED_TARGET zlib liblzma libzstd
    liblz4)
  pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
  logdiag_dependency(simdjson simdjson::simdjson)
  logdiag_dependency(packers PkgConfig::PACKERS BZip2::BZip2)
  logdiag_dependency(archive PkgConfig::ARCHIVE)
  return()
endif()

# Debian has static archives of RE2 and yaml-cpp. Of RE2's own dependencies only
# threads are needed up to the release of 2022; later ones want Abseil.
find_package(Threads REQUIRED)
find_library(RE2_ARCHIVE libre2.a REQUIRED)
find_library(YAML_ARCHIVE libyaml-cpp.a REQUIRED)
logdiag_dependency(re2 ${RE2_ARCHIVE} Threads::Threads)
logdiag_dependency(fmt fmt::fmt-header-only)
logdiag_dependency(yaml ${YAML_ARCHIVE})
# Of what Debian's libarchive can do, tar and zip are linked in; zip knows the
# packers, and encryption by nettle.
foreach(packer z bz2 lzma zstd lz4)
  find_library(PACKER_${packer} lib${packer}.a REQUIRED)
  list(APPEND packer_archives ${PACKER_${packer}})
endforeach()
find_library(LIBARCHIVE_ARCHIVE libarchive.a REQUIRED)
find_library(NETTLE_ARCHIVE libnettle.a REQUIRED)
logdiag_dependency(packers ${packer_archives})
logdiag_dependency(archive ${LIBARCHIVE_ARCHIVE} ${NETTLE_ARCHIVE}
  ${packer_archives})
# It has none of simdjson: compiled from the package's source.
set(LOGDIAG_SIMDJSON_SOURCE "" CACHE PATH
  "Folder with src/simdjson.cpp and include/, for LOGDIAG_STATIC")
if(NOT EXISTS ${LOGDIAG_SIMDJSON_SOURCE}/src/simdjson.cpp)
  message(FATAL_ERROR "LOGDIAG_STATIC needs LOGDIAG_SIMDJSON_SOURCE, a folder "
    "with src/simdjson.cpp; scripts/build-static gets it.")
endif()
add_library(logdiag_simdjson STATIC
  ${LOGDIAG_SIMDJSON_SOURCE}/src/simdjson.cpp)
target_include_directories(logdiag_simdjson SYSTEM
  PUBLIC ${LOGDIAG_SIMDJSON_SOURCE}/include
  PRIVATE ${LOGDIAG_SIMDJSON_SOURCE}/src)
logdiag_dependency(simdjson logdiag_simdjson)
