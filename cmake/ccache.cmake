# ccache makes every second build a matter of seconds; a build without it is slower, not different.
find_program(KYUJIN_CCACHE ccache)
if(KYUJIN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${KYUJIN_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${KYUJIN_CCACHE}")
endif()
