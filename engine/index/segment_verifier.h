// SegmentVerifier: does a segment say the same everywhere? Cards are the truth: columns are built
// from them once more and compared byte by byte, with the lengths of texts counted from the posting
// lists; some postings are derived and analysed anew and compared with card and positions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/index/snapshot.h"
#include "engine/schema/posting_deriver.h"
#include "engine/text/analyzer.h"

namespace kyujin::index {

// What is wrong, in English, the first kShown of it in words. Thread-compatible.
class Problems {
 public:
  static constexpr size_t kShown = 20;

  void Add(std::string problem);
  void Add(const Status& status);  // unless it is good
  [[nodiscard]] uint64_t count() const { return count_; }
  [[nodiscard]] const std::vector<std::string>& shown() const { return shown_; }

 private:
  uint64_t count_ = 0;
  std::vector<std::string> shown_;
};

struct VerifyTools {
  std::shared_ptr<const text::AnalyzerModel> analyzer;
  const schema::PostingDeriver* deriver = nullptr;
  std::filesystem::path scratch;      // a folder for one file the size of columns.bin
  uint32_t derived_documents = 1000;  // of each segment, evenly spread; UINT32_MAX: all
};

// Adds to `problems` what is wrong with `segment`; `info` is what the manifest says of it.
// Damaged files may end the program: call it in a process of its own.
// Errors: kInternal when the scratch file cannot be written, kUnavailable when `stop` was asked
// for. Cost: one pass over everything but the derived part.
Status VerifySegment(const Segment& segment,
                     const SegmentInfo& info,
                     const VerifyTools& tools,
                     const std::stop_token& stop,
                     Problems* problems);

}  // namespace kyujin::index
