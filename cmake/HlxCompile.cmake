# hlx_flags: how hlx itself is compiled. Never exported.
option(HLX_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
set(HLX_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

add_library(hlx_flags INTERFACE)
target_compile_features(hlx_flags INTERFACE cxx_std_20)
target_compile_options(
  hlx_flags
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
            -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
            -Wimplicit-fallthrough -Wno-missing-field-initializers)
target_link_options(hlx_flags INTERFACE -Wl,--as-needed)
if(HLX_WERROR)
  target_compile_options(hlx_flags INTERFACE -Werror)
endif()
if(HLX_SANITIZE)
  # CAF binds a null reference when it spawns a function without arguments.
  set(hlx_sanitize -fsanitize=${HLX_SANITIZE} -fno-sanitize=null
                   -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(hlx_flags INTERFACE ${hlx_sanitize})
  target_link_options(hlx_flags INTERFACE ${hlx_sanitize})
endif()

find_program(HLX_CCACHE ccache)
if(HLX_CCACHE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${HLX_CCACHE})
endif()
