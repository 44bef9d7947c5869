// Names for clang's -Wthread-safety; they vanish under other compilers.
#pragma once

#if defined(__clang__)
#define KYUJIN_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define KYUJIN_THREAD_ANNOTATION(x)
#endif

#define KYUJIN_CAPABILITY(x) KYUJIN_THREAD_ANNOTATION(capability(x))
#define KYUJIN_SCOPED_CAPABILITY KYUJIN_THREAD_ANNOTATION(scoped_lockable)
#define KYUJIN_GUARDED_BY(x) KYUJIN_THREAD_ANNOTATION(guarded_by(x))
#define KYUJIN_ACQUIRE(...) KYUJIN_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define KYUJIN_ACQUIRE_SHARED(...) KYUJIN_THREAD_ANNOTATION(acquire_shared_capability(__VA_ARGS__))
#define KYUJIN_RELEASE_SHARED(...) KYUJIN_THREAD_ANNOTATION(release_shared_capability(__VA_ARGS__))
#define KYUJIN_REQUIRES_SHARED(...) \
  KYUJIN_THREAD_ANNOTATION(requires_shared_capability(__VA_ARGS__))
#define KYUJIN_RELEASE(...) KYUJIN_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define KYUJIN_REQUIRES(...) KYUJIN_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
