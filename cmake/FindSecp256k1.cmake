# Debian ships libsecp256k1 with a pkg-config file only. Defines
# Secp256k1::Secp256k1.
find_path(SECP256K1_INCLUDE_DIR secp256k1_recovery.h)
find_library(SECP256K1_LIBRARY secp256k1)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Secp256k1 REQUIRED_VARS SECP256K1_LIBRARY
                                                          SECP256K1_INCLUDE_DIR)
if(Secp256k1_FOUND AND NOT TARGET Secp256k1::Secp256k1)
  add_library(Secp256k1::Secp256k1 UNKNOWN IMPORTED)
  set_target_properties(Secp256k1::Secp256k1
                        PROPERTIES IMPORTED_LOCATION "${SECP256K1_LIBRARY}")
endif()
