# Compiler settings of every target: warnings as errors, reproducible floating point,
# sanitizers, ccache and the mold linker where they are installed.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(PORTCULLIS_CCACHE ccache)
if(PORTCULLIS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PORTCULLIS_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${PORTCULLIS_CCACHE})
endif()
find_program(PORTCULLIS_MOLD mold)
if(PORTCULLIS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Images must be the same bytes on every x86-64: no fused multiply-add behind our back.
add_compile_options(-ffp-contract=off)
# Asserts guard our own bugs and stay in release builds.
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # A type whose member has a type of an anonymous namespace: several sources look like one header.
  add_compile_options(-Wno-subobject-linkage)
endif()
if(PORTCULLIS_SANITIZE)
  # The sanitized builds are for finding faults: little optimisation, line tables only.
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
  add_compile_options(-fsanitize=${PORTCULLIS_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PORTCULLIS_SANITIZE})
endif()

# portcullis_cheap_code(TARGET): for what is compiled often and runs briefly, as tests and the
# programs' main files. A sanitized build leaves optimisation out there, which is over half of its
# compile time; an optimised one does less of it.
function(portcullis_cheap_code target)
  if(PORTCULLIS_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  else()
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      # GCC guesses these from what it happened to inline; at -O1 it guesses more and worse.
      target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-maybe-uninitialized
                             -Wno-stringop-overflow)
    endif()
  endif()
endfunction()

# Ours only: generated and third-party code is compiled without it.
add_library(portcullis_warnings INTERFACE)
target_compile_options(portcullis_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wdouble-promotion -Wformat=2 -Wundef)
