// What the fuzzers of record sources check: promises of RecordSink that hold for any bytes.
#pragma once

#include <algorithm>
#include <string>

#include "engine/schema/posting_number.h"
#include "indexer/source.h"
#include "tests/unit/indexer/testing.h"

namespace kyujin::indexer {

// Small enough for a fuzzer to reach.
inline RecordLimits SmallLimits() {
  RecordLimits limits;
  limits.record_bytes = 2000;
  limits.value_bytes = 300;
  limits.values = 20;
  return limits;
}

inline testing::RecordingSink ReadBytes(Source& source, const std::string& bytes, size_t step) {
  testing::MemoryByteSource input(bytes, step);
  testing::RecordingSink sink;
  KYUJIN_CHECK(source.Read(input, 0, sink).has_value());
  return sink;
}

inline void CheckPlaces(const testing::RecordingSink& sink, size_t size) {
  uint64_t last = 0;
  for (const RecordPlace& place : sink.places) {
    KYUJIN_CHECK(place.byte >= last && place.byte <= size && place.line >= 1);
    last = place.byte;
  }
  for (const Reject& reject : sink.rejects) {
    KYUJIN_CHECK(!reject.reason.empty() && reject.place.byte <= size && reject.place.line >= 1);
  }
  for (const Reject& reject : sink.broken) {
    KYUJIN_CHECK(!reject.reason.empty() && reject.place.byte <= size && reject.place.line >= 1);
  }
}

inline void CheckSink(const testing::RecordingSink& sink, const RecordLimits& limits, size_t size) {
  CheckPlaces(sink, size);
  for (const schema::FeedRecord& record : sink.records) {
    KYUJIN_CHECK(record.values().size() + record.unknown().size() <= limits.values);
    for (const auto& value : record.values()) {
      KYUJIN_CHECK(!value.text.empty() && value.text.size() <= limits.value_bytes);
    }
    for (const auto& value : record.unknown()) {
      KYUJIN_CHECK(!value.text.empty() && value.text.size() <= limits.value_bytes);
      KYUJIN_CHECK(!schema::FindTag(value.tag));
    }
    // Use what was read as the collector does.
    static_cast<void>(schema::PostingNumber::Parse(record.Get(schema::Tag::kKjno)));
  }
}

inline bool HaveSameRecords(const testing::RecordingSink& a, const testing::RecordingSink& b) {
  const auto is_same_record = [](const schema::FeedRecord& x, const schema::FeedRecord& y) {
    const auto is_same = [](const auto& u, const auto& v) {
      return u.tag == v.tag && u.text == v.text;
    };
    return std::equal(x.values().begin(),
                      x.values().end(),
                      y.values().begin(),
                      y.values().end(),
                      is_same) &&
           std::equal(x.unknown().begin(),
                      x.unknown().end(),
                      y.unknown().begin(),
                      y.unknown().end(),
                      is_same);
  };
  return a.rejects.size() == b.rejects.size() && a.broken.size() == b.broken.size() &&
         std::equal(a.records.begin(),
                    a.records.end(),
                    b.records.begin(),
                    b.records.end(),
                    is_same_record);
}

}  // namespace kyujin::indexer
