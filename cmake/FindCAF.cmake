# Debian ships CAF without a CMake package. Defines the imported targets
# CAF::core, CAF::io and CAF::openssl, and CAF_VERSION.
find_path(CAF_INCLUDE_DIR caf/all.hpp)
foreach(component core io openssl)
  find_library(CAF_${component}_LIBRARY caf_${component})
endforeach()

if(CAF_INCLUDE_DIR)
  file(STRINGS "${CAF_INCLUDE_DIR}/caf/config.hpp" caf_version_line
       REGEX "^#define CAF_VERSION [0-9]+")
  string(REGEX MATCH "[0-9]+" caf_version_number "${caf_version_line}")
  math(EXPR caf_major "${caf_version_number} / 10000")
  math(EXPR caf_minor "(${caf_version_number} / 100) % 100")
  math(EXPR caf_patch "${caf_version_number} % 100")
  set(CAF_VERSION "${caf_major}.${caf_minor}.${caf_patch}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  CAF
  REQUIRED_VARS CAF_core_LIBRARY CAF_io_LIBRARY CAF_openssl_LIBRARY
                CAF_INCLUDE_DIR
  VERSION_VAR CAF_VERSION)

if(CAF_FOUND AND NOT TARGET CAF::core)
  find_package(Threads REQUIRED)
  find_package(OpenSSL REQUIRED)
  foreach(component core io openssl)
    add_library(CAF::${component} UNKNOWN IMPORTED)
    set_target_properties(
      CAF::${component} PROPERTIES IMPORTED_LOCATION
                                   "${CAF_${component}_LIBRARY}")
  endforeach()
  target_link_libraries(CAF::core INTERFACE Threads::Threads)
  target_link_libraries(CAF::io INTERFACE CAF::core)
  target_link_libraries(CAF::openssl INTERFACE CAF::io OpenSSL::SSL
                                               OpenSSL::Crypto)
endif()
