# Writes version.c with the project's version and, at every build, the git state.
set(bp_version_file "${CMAKE_CURRENT_BINARY_DIR}/version_git.h")
add_custom_target(bp_version_git BYPRODUCTS "${bp_version_file}"
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION} -DOUT=${bp_version_file}
          -P "${PROJECT_SOURCE_DIR}/scripts/cmake/write_version.cmake")

function(bp_use_version target)
  add_dependencies(${target} bp_version_git)
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()
