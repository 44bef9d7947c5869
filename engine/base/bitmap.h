// Bitmap: a set of documents, one bit each. Sets that live in a mapped file are BitmapViews; the
// operations run on the active kernels.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace kyujin {

// Words needed for `bits` bits.
inline constexpr size_t BitmapWords(size_t bits) {
  return (bits + 63) / 64;
}

// A read-only set of documents that somebody else owns. Thread rule: Immutable.
class BitmapView {
 public:
  BitmapView() = default;
  // Requires: bits past the last document are clear.
  explicit BitmapView(std::span<const uint64_t> words) : words_(words) {}

  [[nodiscard]] std::span<const uint64_t> words() const { return words_; }
  [[nodiscard]] bool Test(uint32_t bit) const { return (words_[bit / 64] >> (bit % 64) & 1) != 0; }
  [[nodiscard]] uint64_t Count() const;
  // Requires: both cover the same number of documents.
  [[nodiscard]] uint64_t AndCount(BitmapView other) const;

  // Calls `visit(bit)` for every member in ascending order.
  template <class Visitor>
  void ForEach(Visitor&& visit) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(static_cast<uint32_t>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
      }
    }
  }

 private:
  std::span<const uint64_t> words_;
};

// A set of documents of its own. Thread rule: Thread-compatible.
class Bitmap {
 public:
  Bitmap() = default;
  // Empty set over `bits` documents.
  explicit Bitmap(size_t bits) : bits_(bits), words_(BitmapWords(bits)) {}
  explicit Bitmap(size_t bits, BitmapView content)
      : bits_(bits), words_(content.words().begin(), content.words().end()) {}

  [[nodiscard]] size_t bits() const { return bits_; }
  [[nodiscard]] BitmapView view() const { return BitmapView(words_); }
  [[nodiscard]] std::span<uint64_t> words() { return words_; }
  [[nodiscard]] bool Test(uint32_t bit) const { return view().Test(bit); }
  [[nodiscard]] uint64_t Count() const { return view().Count(); }

  // Makes it cover `bits` documents; what it holds is anything until overwritten as a whole.
  void Resize(size_t bits);
  void Set(uint32_t bit) { words_[bit / 64] |= uint64_t{1} << (bit % 64); }
  void Clear(uint32_t bit) { words_[bit / 64] &= ~(uint64_t{1} << (bit % 64)); }
  void SetAll();
  void ClearAll();
  // Requires: `other` covers the same number of documents.
  void And(BitmapView other);
  void Or(BitmapView other);
  void AndNot(BitmapView other);

 private:
  size_t bits_ = 0;
  std::vector<uint64_t> words_;
};

}  // namespace kyujin
