// How the system dictionary alone cuts a word, and what each word must cost to win over that. For
// the build of the dictionaries only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::text {

// **Confined to one thread.**
class SystemSegmenter {
 public:
  // Errors: kCorruption when MeCab cannot open the dictionary.
  static Result<std::unique_ptr<SystemSegmenter>> Open(const std::string& system_dictionary);
  virtual ~SystemSegmenter() = default;
  SystemSegmenter(const SystemSegmenter&) = delete;
  SystemSegmenter& operator=(const SystemSegmenter&) = delete;
  SystemSegmenter(SystemSegmenter&&) = delete;
  SystemSegmenter& operator=(SystemSegmenter&&) = delete;

  // One piece of a word, as the system dictionary sees it.
  struct Leaf {
    std::string text;
    std::string base;  // base form of an inflected word, else empty
    bool is_known = false;
    bool is_numeral = false;
    bool is_counter = false;
  };
  // Cuts `word`.
  virtual std::vector<Leaf> Cut(const std::string& word) = 0;

  // Cuts `word`, though the dictionary has it as one, where that costs least; all pieces are known
  // words. Nothing if there is no such way.
  virtual std::vector<Leaf> CutInTwo(const std::string& word) = 0;

  // Returns the cost at which `word`, with these context ids, wins over every way to cut it by
  // so many margins.
  virtual int16_t WinningCost(const std::string& word,
                              uint16_t left_id,
                              uint16_t right_id,
                              int margins) = 0;

 protected:
  SystemSegmenter() = default;
};

}  // namespace kyujin::text
