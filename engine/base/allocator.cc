#include "engine/base/allocator.h"

#ifdef KYUJIN_MIMALLOC
#include <mimalloc.h>
#endif

namespace kyujin {

void UseLargePages() {
#ifdef KYUJIN_MIMALLOC
  mi_option_enable(mi_option_large_os_pages);
#endif
}

}  // namespace kyujin
