# hlx_add_test(name LABEL label SOURCES files... [LIBRARIES targets...]): one
# Boost.Test program, one ctest entry with a timeout.
function(hlx_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;LIBRARIES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${name} "${PROJECT_SOURCE_DIR}/tests/main.cpp" ${arg_SOURCES})
  target_link_libraries(
    ${name} PRIVATE hlx::hlx $<BUILD_INTERFACE:hlx_flags>
                    Boost::unit_test_framework ${arg_LIBRARIES})
  target_compile_definitions(
    ${name} PRIVATE BOOST_TEST_DYN_LINK
                    HLX_GOLDEN_DIR="${PROJECT_SOURCE_DIR}/tests/golden")
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} --log_level=warning)
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT
                                          ${arg_TIMEOUT})
endfunction()
