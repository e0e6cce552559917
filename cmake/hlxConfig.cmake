# find_package(hlx [COMPONENTS testkit]): hlx::hlx, and with the component
# hlx::testkit, the simulated venue and the deterministic actor system.
include(CMakeFindDependencyMacro)
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
find_dependency(CAF 0.17.6)
find_dependency(Secp256k1)
list(POP_FRONT CMAKE_MODULE_PATH)
find_dependency(OpenSSL)
find_dependency(absl)
find_dependency(fmt)
find_dependency(spdlog)
include("${CMAKE_CURRENT_LIST_DIR}/hlxTargets.cmake")

foreach(hlx_component IN LISTS hlx_FIND_COMPONENTS)
  if(hlx_component STREQUAL "testkit"
     AND EXISTS "${CMAKE_CURRENT_LIST_DIR}/hlxTestkitTargets.cmake")
    find_dependency(Boost 1.74 COMPONENTS unit_test_framework)
    include("${CMAKE_CURRENT_LIST_DIR}/hlxTestkitTargets.cmake")
    set(hlx_testkit_FOUND TRUE)
  elseif(hlx_FIND_REQUIRED_${hlx_component})
    set(hlx_FOUND FALSE)
    set(hlx_NOT_FOUND_MESSAGE "hlx was installed without ${hlx_component}")
  endif()
endforeach()
