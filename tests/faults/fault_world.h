// FaultWorld: a small index in a known state, and for every command the state it must lead to.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"
#include "tests/testing/index_actions.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// A command of the indexer, done in this process.
struct FaultCase {
  std::string name;
  bool starts_empty = false;
  std::function<bool(const IndexActions&)> action;
  IndexState before{};  // generation 0: there is no index
  IndexState after{};
  uint64_t steps = 0;  // of a run without faults
};

// Confined to one thread.
class FaultWorld {
 public:
  FaultWorld();

  [[nodiscard]] const std::shared_ptr<const text::AnalyzerModel>& model() const { return model_; }
  [[nodiscard]] const std::vector<FaultCase>& cases() const { return cases_; }
  // A fresh copy of the case's index, in place of the last one.
  std::filesystem::path Prepare(const FaultCase& fault_case) const;
  // The state of `index`; one of generation 0 when there is none, nothing and a failed test when it
  // cannot be read whole.
  [[nodiscard]] std::optional<IndexState> Read(const std::filesystem::path& index) const;

  // A change file that gives the postings of `serials` this title.
  static std::string Upserts(unsigned first, unsigned count, std::string_view title);
  // Builds an index of three segments with dead in the first two.
  void BuildIndex(const std::filesystem::path& index) const;

 private:
  void AddCase(std::string name,
               bool starts_empty,
               std::function<bool(const IndexActions&)> action);
  [[nodiscard]] std::filesystem::path WriteFeed(std::string_view name,
                                                unsigned first,
                                                unsigned count,
                                                std::string_view title) const;

  std::shared_ptr<const text::AnalyzerModel> model_;
  TemporaryFolder folder_;
  std::vector<FaultCase> cases_;
};

}  // namespace kyujin::test
