// HugePages: an allocator for vectors of many megabytes that are read here and there. Their memory
// is asked for in pages of two megabytes, so that a look into it costs no walk through page tables.
//
// Thread rule: Thread-safe.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace kyujin {

template <class T>
class HugePages {
 public:
  using value_type = T;

  HugePages() = default;
  template <class Other>
  explicit HugePages(const HugePages<Other>& /*other*/) {}

  // Smaller ones come from where all memory comes from. Errors: std::bad_alloc, as operator new.
  [[nodiscard]] T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kPage) {
      return static_cast<T*>(::operator new(bytes));
    }
    void* memory = ::operator new(bytes, std::align_val_t(kPage));
    // Advice only: without it the memory works as well, slower.
    static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));
    return static_cast<T*>(memory);
  }

  void deallocate(T* memory, size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kPage) {
      ::operator delete(memory);
    } else {
      ::operator delete(memory, std::align_val_t(kPage));
    }
  }

  friend bool operator==(const HugePages& /*a*/, const HugePages& /*b*/) { return true; }

 private:
  static constexpr size_t kPage = size_t{2} << 20;
};

}  // namespace kyujin
