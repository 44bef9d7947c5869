#include "indexer/run_report.h"

#include <fmt/format.h>

#include <iterator>

namespace kyujin::indexer {
namespace {
constexpr size_t kMaxNames = 1000;
constexpr size_t kMaxNameBytes = 64;
}  // namespace

void UnknownTags::Count(const schema::FeedRecord& record) {
  for (const auto& value : record.unknown()) {
    const auto found = counts_.find(value.tag);
    if (found != counts_.end()) {
      ++found->second;
    } else if (counts_.size() < kMaxNames && value.tag.size() <= kMaxNameBytes) {
      counts_.emplace(value.tag, 1);
    } else {
      ++others_;
    }
  }
}

void RunReport::CountChanges(const std::vector<index::Change>& list) {
  ChangeCounts& counts = changes.emplace();
  for (const index::Change& change : list) {
    switch (change.op) {
      case index::ChangeOp::kAdded:
        ++counts.added;
        break;
      case index::ChangeOp::kUpdated:
      case index::ChangeOp::kRewritten:
        ++counts.updated;
        break;
      case index::ChangeOp::kRemoved:
        ++counts.removed;
        break;
    }
  }
}

bool RunReport::RejectsAbove(double percent) const {
  return static_cast<double>(rejects.total) * 100.0 > percent * static_cast<double>(records_read);
}

std::string RunReport::ToText() const {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "files read: {}\n", files);
  if (skipped_files > 0) {
    fmt::format_to(out, "files skipped (neither XML nor JSON Lines): {}\n", skipped_files);
  }
  fmt::format_to(out, "records read: {}\n", records_read);
  fmt::format_to(out, "duplicates dropped: {}\n", duplicates);
  fmt::format_to(out, "rejected: {}\n", rejects.total);
  for (const auto& [field, count] : rejects.by_field) {
    fmt::format_to(out, "  {}: {}\n", field.empty() ? "whole record" : field, count);
  }
  for (const auto& line : rejects.first_rejects) {
    fmt::format_to(out, "  e.g. {}\n", line);
  }
  fmt::format_to(out, "broken pages: {}\n", rejects.broken_pages);
  for (const auto& line : rejects.first_broken_pages) {
    fmt::format_to(out, "  {}\n", line);
  }
  fmt::format_to(out, "unknown tags: {}\n", unknown_tags.counts().size());
  for (const auto& [tag, count] : unknown_tags.counts()) {
    fmt::format_to(out, "  {}: {}\n", tag, count);
  }
  if (unknown_tags.others() > 0) {
    fmt::format_to(out, "  other names: {}\n", unknown_tags.others());
  }
  if (changes) {
    fmt::format_to(out,
                   "added: {}\nupdated: {}\nremoved: {}\n",
                   changes->added,
                   changes->updated,
                   changes->removed);
  }
  fmt::format_to(out, "postings published: {}\n", documents);
  return text;
}

}  // namespace kyujin::indexer
