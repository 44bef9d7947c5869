# ThreadSanitizer's instrumentation makes g++ see null pointers that are none.
if(NOT KYUJIN_SANITIZE STREQUAL "thread")
  set(KYUJIN_NULL_DEREFERENCE -Wnull-dereference)
endif()
# One INTERFACE target carries the compile options of all our code; nothing goes through CMAKE_CXX_FLAGS.
add_library(kyujin_options INTERFACE)
target_compile_options(
  kyujin_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wold-style-cast
            -Wcast-align
            -Wunused
            ${KYUJIN_NULL_DEREFERENCE}
            -Wformat=2
            -Wimplicit-fallthrough
            $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
            $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
            $<$<CXX_COMPILER_ID:GNU>:-Wsuggest-override>
            $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
            $<$<BOOL:${KYUJIN_WARNINGS_AS_ERRORS}>:-Werror>)
if(KYUJIN_HARDENING)
  target_compile_definitions(kyujin_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
# clang counts steps of constant evaluation; the tables made from dict/ need more than it allows.
target_compile_options(kyujin_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fconstexpr-steps=100000000>)
