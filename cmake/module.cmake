# portcullis_module(NAME [OPTIMISED] [DEPENDS folder...] [LINK library...] [SOURCES file...]
#                   [PRIVATE_LINK ...])
#
# One library target a folder, named portcullis_NAME. The layers table below says which
# folders a folder may include; a dependency outside it is refused at configure time, and
# tests/layering reads the include lines as well. OPTIMISED: it computes much; a sanitized build
# leaves optimisation out everywhere else, as that is over half of its compile time.

set(PORTCULLIS_MAY_core "")
set(PORTCULLIS_MAY_api "")
set(PORTCULLIS_MAY_firmware_bridge core)
set(PORTCULLIS_MAY_imaging core)
set(PORTCULLIS_MAY_plc core)
set(PORTCULLIS_MAY_archive core)
set(PORTCULLIS_MAY_customs core)
set(PORTCULLIS_MAY_access core)
set(PORTCULLIS_MAY_acquisition core firmware_bridge)
set(PORTCULLIS_MAY_lane core acquisition plc firmware_bridge)
set(PORTCULLIS_MAY_recording core archive acquisition lane)
set(PORTCULLIS_MAY_report core archive recording imaging/display)
set(PORTCULLIS_MAY_inspection core imaging customs)
set(PORTCULLIS_MAY_services core api access lane inspection archive customs)
set(PORTCULLIS_MAY_hub core archive customs access api)
set(PORTCULLIS_MAY_hmi core imaging/display imaging/enhance api services/wire)
set(PORTCULLIS_MAY_simulator core firmware_bridge/codec plc/tags)
set(PORTCULLIS_MAY_proving core acquisition archive customs access firmware_bridge imaging inspection lane plc recording simulator)

function(portcullis_target_name folder out)
  string(REPLACE "/" "_" name ${folder})
  set(${out} portcullis_${name} PARENT_SCOPE)
endfunction()

# `NAME` is a folder ("plc") or a part of one that is a target of its own ("plc/tags").
# A part follows the row of its folder and may also use other parts of the same folder.
function(portcullis_module module)
  cmake_parse_arguments(ARG "OPTIMISED" "" "DEPENDS;LINK;PRIVATE_LINK;SOURCES" ${ARGN})
  string(REGEX REPLACE "/.*" "" top ${module})
  if(NOT DEFINED PORTCULLIS_MAY_${top})
    message(FATAL_ERROR "portcullis_module(${module}): folder '${top}' is not in the layers table (cmake/module.cmake)")
  endif()
  portcullis_target_name(${module} target)
  set(sources ${ARG_SOURCES})
  if(NOT sources)
    message(FATAL_ERROR "portcullis_module(${module}): no SOURCES")
  endif()
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE portcullis_warnings)
  foreach(dependency IN LISTS ARG_DEPENDS)
    string(REGEX REPLACE "/.*" "" dependency_top ${dependency})
    if(NOT dependency_top STREQUAL top
       AND NOT dependency IN_LIST PORTCULLIS_MAY_${top}
       AND NOT dependency_top IN_LIST PORTCULLIS_MAY_${top})
      message(FATAL_ERROR
        "portcullis_module(${module}): '${top}' may not depend on '${dependency}' "
        "(allowed: ${PORTCULLIS_MAY_${top}}; see docs/architecture.md)")
    endif()
    portcullis_target_name(${dependency} dependency_target)
    target_link_libraries(${target} PUBLIC ${dependency_target})
  endforeach()
  target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(PORTCULLIS_SANITIZE AND NOT ARG_OPTIMISED)
    portcullis_cheap_code(${target})
  endif()
endfunction()

# portcullis_program(NAME SOURCES ... LINK ...): a program in bin/. Where sanitizers are, its main
# files are only wiring and the command line's library, the dearest header of all.
function(portcullis_program name)
  cmake_parse_arguments(ARG "" "" "LINK;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  if(PORTCULLIS_SANITIZE)
    portcullis_cheap_code(${name})
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} portcullis_warnings)
endfunction()

# portcullis_test(NAME SOURCES ... LINK ... [TIMEOUT s] [LABELS ...] [ENVIRONMENT A=1 ...]): a
# GoogleTest program. Each TEST becomes a ctest test. Tests run in the source root; large data they
# write go under $PORTCULLIS_TEST_OUT, the programs are in $PORTCULLIS_BIN. Several labels become
# one, joined by '-': ctest's -L and -LE match parts of it. COST: seconds the longest of its tests
# takes; ctest begins with the longest. Four sources are compiled as one, with little optimisation
# unless OPTIMISED says that they compute much themselves. A sanitized build runs a program's tests
# in one process, whose start and leak check cost more than most tests; a program labelled no_asan
# or no_tsan is not even compiled there.
function(portcullis_test name)
  cmake_parse_arguments(ARG "OPTIMISED" "TIMEOUT;COST" "LINK;SOURCES;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  if(NOT ARG_COST)
    set(ARG_COST 1)
  endif()
  list(JOIN ARG_LABELS "-" label)
  if((PORTCULLIS_SANITIZE MATCHES address AND label MATCHES no_asan)
     OR (PORTCULLIS_SANITIZE MATCHES thread AND label MATCHES no_tsan))
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  if(PORTCULLIS_TEST_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 4)
  endif()
  # They replace operator new, which the others are not to see.
  set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/support/allocation_counter.cpp
                              ${CMAKE_SOURCE_DIR}/tests/support/failing_allocator.cpp
                              PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(NOT ARG_OPTIMISED)
    portcullis_cheap_code(${name})
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gmock GTest::gtest_main portcullis_warnings)
  # The environment comes by env(1): gtest_discover_tests() flattens lists in PROPERTIES, so that
  # ENVIRONMENT with more than one variable would be taken apart; there env(1) is the launcher. A
  # launcher's generator expressions are not resolved by add_test(), its own command's are.
  set(launcher /usr/bin/env PORTCULLIS_TEST_OUT=${CMAKE_BINARY_DIR}/test-out
               PORTCULLIS_BIN=${CMAKE_BINARY_DIR}/bin ${ARG_ENVIRONMENT})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(PORTCULLIS_SANITIZE)
    add_test(NAME ${name} COMMAND ${launcher} $<TARGET_FILE:${name}>
             WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    math(EXPR timeout "${ARG_TIMEOUT} * 5")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} LABELS ${label} COST ${ARG_COST})
    return()
  endif()
  set_target_properties(${name} PROPERTIES CROSSCOMPILING_EMULATOR "${launcher}")
  gtest_discover_tests(${name}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    NO_PRETTY_VALUES  # A parameter's bytes hold addresses: names would differ from run to run.
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${label} COST ${ARG_COST})
endfunction()

# portcullis_fuzz(NAME SOURCES ... LINK ... CORPUS dir [MAX_LEN n]): a libFuzzer target that ctest
# runs for a bounded time over its kept corpus. Built only with PORTCULLIS_FUZZ.
function(portcullis_fuzz name)
  if(NOT PORTCULLIS_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "CORPUS;MAX_LEN" "LINK;SOURCES" ${ARGN})
  if(NOT ARG_MAX_LEN)
    set(ARG_MAX_LEN 4096)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINK} portcullis_warnings)
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  # Coverage in the library that it reads with too, or a fuzzer sees only its own entry function.
  # Not everywhere: it is up to a fifth of the compile time.
  foreach(library IN LISTS ARG_LINK)
    if(library MATCHES "^portcullis_")
      target_compile_options(${library} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
  endforeach()
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz-corpus/${name})
  add_test(NAME fuzz.${name}
           COMMAND ${name} -max_total_time=5 -max_len=${ARG_MAX_LEN} -seed=1 -print_final_stats=1
                   ${CMAKE_BINARY_DIR}/fuzz-corpus/${name} ${ARG_CORPUS})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 60 LABELS fuzz)
endfunction()
