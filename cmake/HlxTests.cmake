# The program's main, and what most tests include, compiled once for all.
add_library(hlx_test_main OBJECT "${PROJECT_SOURCE_DIR}/tests/main.cpp"
                                 "${PROJECT_SOURCE_DIR}/tests/headers.cpp")
target_link_libraries(
  hlx_test_main PUBLIC hlx::hlx $<BUILD_INTERFACE:hlx_flags>
                       Boost::unit_test_framework)
target_compile_definitions(hlx_test_main PUBLIC BOOST_TEST_DYN_LINK)
target_precompile_headers(
  hlx_test_main
  PRIVATE
  <boost/test/unit_test.hpp>
  <caf/all.hpp>
  <caf/scheduler/test_coordinator.hpp>
  <chrono>
  <cstdint>
  <optional>
  <string>
  <string_view>
  <variant>
  <vector>)
# BOOST_TEST_MODULE must come before Boost's header.
set_source_files_properties("${PROJECT_SOURCE_DIR}/tests/main.cpp"
                            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)

# hlx_add_test(name LABEL label SOURCES files... [LIBRARIES targets...]): one
# Boost.Test program, one ctest entry with a timeout.
function(hlx_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LIBRARIES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  if(HLX_SANITIZE)
    math(EXPR arg_TIMEOUT "5 * ${arg_TIMEOUT}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE hlx_test_main ${arg_LIBRARIES})
  target_precompile_headers(${name} REUSE_FROM hlx_test_main)
  target_compile_definitions(
    ${name} PRIVATE HLX_GOLDEN_DIR="${PROJECT_SOURCE_DIR}/tests/golden")
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} --log_level=warning)
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT
                                          ${arg_TIMEOUT})
endfunction()
