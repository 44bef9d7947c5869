# KYUJIN_SANITIZE reaches every target of ours, tests included; libraries of the system stay as they are.
if(KYUJIN_SANITIZE)
  target_compile_options(kyujin_options INTERFACE -fsanitize=${KYUJIN_SANITIZE} -fno-omit-frame-pointer
                                                  -fno-sanitize-recover=all)
  target_link_options(kyujin_options INTERFACE -fsanitize=${KYUJIN_SANITIZE})
  # Every object of ours must carry the instrumentation, generated tables too.
  if(KYUJIN_BUILD_FUZZERS)
    target_compile_options(kyujin_options INTERFACE -fsanitize=fuzzer-no-link)
  endif()
endif()
