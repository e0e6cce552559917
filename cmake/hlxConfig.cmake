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

foreach(component IN LISTS hlx_FIND_COMPONENTS)
  include("${CMAKE_CURRENT_LIST_DIR}/hlx-${component}.cmake" OPTIONAL
          RESULT_VARIABLE hlx_component_file)
  if(hlx_component_file)
    set(hlx_${component}_FOUND TRUE)
  elseif(hlx_FIND_REQUIRED_${component})
    set(hlx_FOUND FALSE)
    set(hlx_NOT_FOUND_MESSAGE "hlx was installed without ${component}")
  endif()
endforeach()
