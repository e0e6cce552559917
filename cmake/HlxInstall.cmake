# hlx_public_headers(files...): headers of the current folder that are
# installed, each of which must compile alone.
function(hlx_public_headers)
  file(RELATIVE_PATH dir "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  list(TRANSFORM ARGN PREPEND "${hlx_include}/hlx/${dir}/")
  target_sources(hlx PUBLIC FILE_SET HEADERS BASE_DIRS "${hlx_include}" FILES
                            ${ARGN})
endfunction()

# hlx_install(): the library, its headers, its program and its CMake package.
function(hlx_install)
  include(CMakePackageConfigHelpers)
  set(package "${CMAKE_INSTALL_LIBDIR}/cmake/hlx")
  install(TARGETS hlx EXPORT hlxTargets FILE_SET HEADERS INCLUDES
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT hlxTargets NAMESPACE hlx:: DESTINATION "${package}")
  install(TARGETS hlx_program)
  install(FILES "${PROJECT_SOURCE_DIR}/actors/daemon/hlx.conf.example"
          DESTINATION "${CMAKE_INSTALL_DOCDIR}")
  write_basic_package_version_file(
    "${PROJECT_BINARY_DIR}/hlxConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
  install(
    FILES "${PROJECT_BINARY_DIR}/hlxConfigVersion.cmake"
          "${PROJECT_SOURCE_DIR}/cmake/hlxConfig.cmake"
          "${PROJECT_SOURCE_DIR}/cmake/FindCAF.cmake"
          "${PROJECT_SOURCE_DIR}/cmake/FindSecp256k1.cmake"
    DESTINATION "${package}")
endfunction()

# hlx_install_testkit(targets...): the static libraries of hlx::testkit, whose
# headers are hlx_testkit's, and the program of the simulated venue.
function(hlx_install_testkit)
  foreach(target IN LISTS ARGN)
    set_target_properties(${target} PROPERTIES EXPORT_NAME "testkit_${target}")
  endforeach()
  set_target_properties(hlx_testkit PROPERTIES EXPORT_NAME testkit)
  install(TARGETS ${ARGN} EXPORT hlxTestkitTargets)
  install(
    TARGETS hlx_testkit
    EXPORT hlxTestkitTargets
    FILE_SET HEADERS
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/hlx-testkit")
  install(
    EXPORT hlxTestkitTargets
    NAMESPACE hlx::
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/hlx")
  install(TARGETS hlx_sim)
endfunction()
