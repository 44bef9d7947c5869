#include "engine/base/allocator.h"

#ifdef KYUJIN_MIMALLOC
#include <mimalloc.h>
#endif

#include <cstddef>

namespace kyujin {

void UseLargePages() {
#ifdef KYUJIN_MIMALLOC
  mi_option_enable(mi_option_large_os_pages);
  // Address space from which large blocks come and to which they return: mapping each one anew
  // costs a large page of zeros every time. Without it everything works, only slower.
  constexpr size_t kReservedBytes = size_t{2} << 30;
  static_cast<void>(mi_reserve_os_memory(kReservedBytes, true, true));
#endif
}

}  // namespace kyujin
