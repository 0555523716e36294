# bp_flags carries the compiler's warnings, processor and instrumentation to every target of ours.
add_library(bp_flags INTERFACE)
target_compile_options(bp_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes
                       -Wvla -Wno-unknown-pragmas -fno-math-errno)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(bp_flags INTERFACE -Wdouble-promotion)
else() # Clang's complains of NAN and INFINITY, which are floats; and a loop that it does not vectorise is no fault
  target_compile_options(bp_flags INTERFACE -Wno-pass-failed)
endif()
target_compile_definitions(bp_flags INTERFACE _POSIX_C_SOURCE=200809L _XOPEN_SOURCE=700)

# Vector registers of 256 bits where this machine has them (every x86 since 2013). For a cluster whose compute nodes
# differ from the machine that builds, set BALLPAD_ARCH to what they all have ("" for the compiler's default).
if(NOT DEFINED BALLPAD_ARCH)
  include(CheckCSourceRuns)
  set(CMAKE_REQUIRED_QUIET ON)
  check_c_source_runs("int main(void) { __builtin_cpu_init(); return !(__builtin_cpu_supports(\"avx2\") && __builtin_cpu_supports(\"fma\")); }"
                      BP_HAS_X86_64_V3)
  if(BP_HAS_X86_64_V3)
    set(arch "x86-64-v3")
  endif()
  set(BALLPAD_ARCH "${arch}" CACHE STRING "Processor for -march (empty: the compiler's default)")
endif()
if(BALLPAD_ARCH)
  target_compile_options(bp_flags INTERFACE -march=${BALLPAD_ARCH})
endif()
target_compile_options(bp_flags INTERFACE -fopenmp-simd)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(bp_flags INTERFACE -ffp-contract=fast)
endif()

if(BALLPAD_WERROR)
  target_compile_options(bp_flags INTERFACE -Werror)
endif()
if(BALLPAD_SANITIZE)
  target_compile_options(bp_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(bp_flags INTERFACE -fsanitize=address,undefined)
endif()
if(BALLPAD_COVERAGE)
  target_compile_options(bp_flags INTERFACE --coverage)
  target_link_options(bp_flags INTERFACE --coverage)
endif()
