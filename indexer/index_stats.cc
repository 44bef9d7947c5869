#include "indexer/index_stats.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/schema/condition.h"
#include "engine/schema/facet_value.h"
#include "indexer/frequent_words.h"
#include "indexer/reject_log.h"

namespace kyujin::indexer {
namespace {

constexpr uint64_t kMaxRejectBytes = uint64_t{256} << 20;
constexpr size_t kListedRejects = 50;

// Counts one generation. Confined to one thread.
class StatsCollector {
 public:
  explicit StatsCollector(const index::Snapshot& snapshot) : snapshot_(snapshot) {}

  Result<IndexStats> Run(const std::stop_token& stop) {
    stats_.generation = snapshot_.generation();
    stats_.as_of = snapshot_.as_of();
    stats_.documents = snapshot_.documents();
    for (size_t place = 0; place < snapshot_.segments().size(); ++place) {
      AddSegment(place);
      KYUJIN_RETURN_IF_ERROR(CountDocuments(place, stop));
    }
    stats_.prefectures = FacetTable(index::FacetColumn::kPref, prefectures_);
    stats_.industries = FacetTable(index::FacetColumn::kIndustry, industries_);
    ListConditions();
    ListFields();
    KYUJIN_ASSIGN_OR_RETURN(stats_.words, MostFrequentWords(snapshot_, kListedWords, stop));
    KYUJIN_RETURN_IF_ERROR(ListRejects());
    return std::move(stats_);
  }

 private:
  void AddSegment(size_t place) {
    const index::SegmentInfo& info = snapshot_.manifest().segments[place];
    SegmentStats segment{info.name, info.documents, info.dead, {}};
    for (const index::FileEntry& file : info.files) {
      segment.files.emplace_back(file.name, file.size);
    }
    stats_.segments.push_back(std::move(segment));
  }

  Status CountDocuments(size_t place, const std::stop_token& stop) {
    const index::Segment& segment = *snapshot_.segments()[place];
    const auto& tombstones = snapshot_.tombstones(place);
    const auto prefectures = segment.columns().FacetValues(index::FacetColumn::kPref);
    const auto industries = segment.columns().FacetValues(index::FacetColumn::kIndustry);
    const auto conditions = segment.columns().Values<uint32_t>(schema::Column::kConditionsYes);
    for (DocId doc = 0; doc < segment.documents(); ++doc) {
      if (stop.stop_requested()) {
        return Unavailable("interrupted");
      }
      if (tombstones != nullptr && tombstones->IsDead(doc)) {
        continue;
      }
      ++prefectures_[prefectures[doc]];
      ++industries_[industries[doc]];
      for (size_t i = 0; i < schema::kStoredConditionCount; ++i) {
        conditions_[i] += conditions[doc] >> i & 1;
      }
      KYUJIN_RETURN_IF_ERROR(CountFields(static_cast<uint32_t>(place), doc));
    }
    return {};
  }

  Status CountFields(uint32_t place, DocId doc) {
    KYUJIN_ASSIGN_OR_RETURN(const schema::JobPosting posting, snapshot_.ReadPosting({place, doc}));
    for (const schema::FeedRecord::Value& value : posting.feed.values()) {
      ++fields_[static_cast<size_t>(value.tag)];
    }
    for (const schema::FeedRecord::UnknownValue& value : posting.feed.unknown()) {
      ++unknown_fields_[value.tag];
    }
    return {};
  }

  static std::vector<Count> FacetTable(index::FacetColumn column,
                                       const std::array<uint64_t, 256>& counts) {
    const schema::Facet facet = index::FacetColumns()[static_cast<size_t>(column)].facet;
    std::vector<Count> table;
    for (size_t i = 1; i <= schema::FacetValueCount(facet); ++i) {
      // 0, "not given", comes last.
      const auto value = static_cast<schema::FacetValue>(i % schema::FacetValueCount(facet));
      table.push_back({schema::FacetValueCode(facet, value),
                       schema::FacetValueLabel(facet, value),
                       counts[value]});
    }
    return table;
  }

  void ListConditions() {
    for (const schema::ConditionSpec& spec : schema::Conditions().first(conditions_.size())) {
      stats_.conditions.push_back({std::string(spec.code),
                                   std::string(spec.label),
                                   conditions_[static_cast<size_t>(spec.id)]});
    }
  }

  void ListFields() {
    for (const schema::FeedField& field : schema::FeedFields()) {
      stats_.fields.push_back({std::string(field.tag),
                               std::string(field.label),
                               fields_[static_cast<size_t>(field.id)]});
    }
    for (const auto& [tag, count] : unknown_fields_) {
      stats_.fields.push_back({tag, {}, count});
    }
  }

  static std::vector<Count> MostFrequent(std::vector<Count> counts, size_t listed) {
    std::sort(counts.begin(), counts.end(), [](const Count& a, const Count& b) {
      return std::tie(b.count, a.code) < std::tie(a.count, b.code);
    });
    counts.resize(std::min(counts.size(), listed));
    return counts;
  }

  // Reasons quote the value at fault: what stands in quotes or is a number is left out, so that
  // equal reasons are counted together.
  static std::string KindOf(std::string_view reason) {
    std::string kind;
    char quote = 0;
    for (const char c : reason) {
      if (quote != 0) {
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
        kind += "…";
      } else if (c >= '0' && c <= '9') {
        kind += kind.ends_with('#') ? "" : "#";
      } else {
        kind += c;
      }
    }
    return kind;
  }

  Status ListRejects() {
    const auto text = ReadFile(snapshot_.directory() / kRejectLogName, kMaxRejectBytes);
    if (!text.has_value()) {
      return text.error().code == ErrorCode::kNotFound ? Status() : Status(text.error());
    }
    std::map<std::pair<std::string, std::string>, uint64_t> reasons;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      const auto reject = ParseJson(line);
      if (!reject.has_value()) {
        continue;
      }
      const JsonValue* const field = reject->Find("field");
      const JsonValue* const reason = reject->Find("reason");
      if (field != nullptr && field->string() != nullptr && reason != nullptr &&
          reason->string() != nullptr) {
        ++reasons[{*field->string(), KindOf(*reason->string())}];
      }
    }
    std::vector<Count> counts;
    counts.reserve(reasons.size());
    for (const auto& [key, count] : reasons) {
      counts.push_back({key.first, key.second, count});
    }
    stats_.rejects = MostFrequent(std::move(counts), kListedRejects);
    return {};
  }

  const index::Snapshot& snapshot_;
  IndexStats stats_;
  std::array<uint64_t, 256> prefectures_{};
  std::array<uint64_t, 256> industries_{};
  std::array<uint64_t, schema::kStoredConditionCount> conditions_{};
  std::array<uint64_t, schema::kTagCount> fields_{};
  std::map<std::string, uint64_t> unknown_fields_;
};

}  // namespace

Result<IndexStats> CollectStats(const index::Snapshot& snapshot, const std::stop_token& stop) {
  return StatsCollector(snapshot).Run(stop);
}

}  // namespace kyujin::indexer
