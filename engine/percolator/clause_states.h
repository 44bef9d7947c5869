// ClauseStates: what is known of each clause and the posting at hand. Two bits a clause, so that
// those of a million queries stay in the nearest cache. Private to engine/percolator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kyujin::percolator {

// A bit for each clause. Thread rule: Thread-compatible.
class ClauseBits {
 public:
  void Resize(size_t clauses) { words_.resize((clauses + kBits - 1) / kBits); }
  // As many as `other` has, all unset.
  void ResetAs(const ClauseBits& other) { words_.assign(other.words_.size(), 0); }
  [[nodiscard]] bool Has(uint32_t clause) const {
    return (words_[clause / kBits] >> clause % kBits & 1U) != 0;
  }
  void Set(uint32_t clause) { words_[clause / kBits] |= uint64_t{1} << clause % kBits; }
  void Unset(uint32_t clause) { words_[clause / kBits] &= ~(uint64_t{1} << clause % kBits); }

 private:
  static constexpr uint32_t kBits = 64;
  std::vector<uint64_t> words_;
};

// Thread rule: Thread-compatible.
class ClauseStates {
 public:
  // Nothing is known of `unknown`; the others fail.
  void Reset(const ClauseBits& unknown) {
    may_hold_ = unknown;
    is_known_.ResetAs(unknown);
  }
  // Whether it holds or nothing is known of it.
  [[nodiscard]] bool MayHold(uint32_t clause) const { return may_hold_.Has(clause); }
  [[nodiscard]] bool Holds(uint32_t clause) const {
    return may_hold_.Has(clause) && is_known_.Has(clause);
  }
  [[nodiscard]] bool IsUnknown(uint32_t clause) const {
    return may_hold_.Has(clause) && !is_known_.Has(clause);
  }
  void SetHolds(uint32_t clause) {
    may_hold_.Set(clause);
    is_known_.Set(clause);
  }
  void SetFails(uint32_t clause) { may_hold_.Unset(clause); }

 private:
  ClauseBits may_hold_;
  ClauseBits is_known_;
};

}  // namespace kyujin::percolator
