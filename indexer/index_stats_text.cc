// How IndexStats are shown.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>

#include "engine/base/json.h"
#include "indexer/index_stats.h"

namespace kyujin::indexer {
namespace {

// Columns of a terminal: kanji and kana take two.
size_t WidthOf(std::string_view text) {
  size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // First bytes of two (Latin and the like) and of more (kanji, kana, full-width forms).
    width += byte < 0x80 ? 1 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
  }
  return width;
}

std::string Padded(std::string_view text, size_t width) {
  return std::string(text) + std::string(width - std::min(width, WidthOf(text)), ' ');
}

std::string Percent(uint64_t count, uint64_t total) {
  return total == 0 ? std::string("-")
                    : fmt::format("{:.1f} %",
                                  100.0 * static_cast<double>(count) / static_cast<double>(total));
}

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// A table of counts with their share of `total` (0: no share).
void AppendTable(std::string_view heading,
                 std::span<const Count> counts,
                 uint64_t total,
                 std::string* text) {
  auto out = std::back_inserter(*text);
  fmt::format_to(out, "\n{}\n", heading);
  size_t code_width = 0;
  size_t label_width = 0;
  size_t count_width = 0;
  for (const Count& count : counts) {
    code_width = std::max(code_width, WidthOf(count.code));
    label_width = std::max(label_width, WidthOf(count.label));
    count_width = std::max(count_width, Grouped(count.count).size());
  }
  for (const Count& count : counts) {
    fmt::format_to(out,
                   "  {}  {}{}{:>{}}",
                   Padded(count.code, code_width),
                   Padded(count.label, label_width),
                   label_width > 0 ? "  " : "",
                   Grouped(count.count),
                   count_width);
    if (total > 0) {
      fmt::format_to(out, "  {:>7}", Percent(count.count, total));
    }
    fmt::format_to(out, "\n");
  }
}

void AppendSegments(const IndexStats& stats, std::string* text) {
  auto out = std::back_inserter(*text);
  fmt::format_to(out, "\nセグメント\n");
  for (const SegmentStats& segment : stats.segments) {
    uint64_t bytes = 0;
    for (const auto& [name, size] : segment.files) {
      bytes += size;
    }
    fmt::format_to(out,
                   "  {}  {}件（うち無効 {}件）  {} バイト、1件あたり {} バイト\n",
                   segment.name,
                   Grouped(segment.documents),
                   Grouped(segment.dead),
                   Grouped(bytes),
                   Grouped(bytes / std::max<uint64_t>(1, segment.documents)));
    for (const auto& [name, size] : segment.files) {
      fmt::format_to(out,
                     "    {}  {:>14}  {:>6}/件\n",
                     Padded(name, 13),
                     Grouped(size),
                     Grouped(size / std::max<uint64_t>(1, segment.documents)));
    }
  }
}

void WriteCounts(std::string_view name,
                 std::string_view code_name,
                 std::string_view label_name,
                 std::span<const Count> counts,
                 JsonWriter* json) {
  json->Key(name);
  json->StartArray();
  for (const Count& count : counts) {
    json->StartObject();
    json->Member(code_name, count.code);
    if (!count.label.empty()) {
      json->Member(label_name, count.label);
    }
    json->MemberUint("count", count.count);
    json->EndObject();
  }
  json->EndArray();
}

void WriteSegments(const IndexStats& stats, JsonWriter* json) {
  json->Key("segments");
  json->StartArray();
  for (const SegmentStats& segment : stats.segments) {
    json->StartObject();
    json->Member("name", segment.name);
    json->MemberUint("documents", segment.documents);
    json->MemberUint("dead", segment.dead);
    json->Key("files");
    json->StartObject();
    for (const auto& [name, size] : segment.files) {
      json->MemberUint(name, size);
    }
    json->EndObject();
    json->EndObject();
  }
  json->EndArray();
}

}  // namespace

std::string StatsToText(const IndexStats& stats) {
  std::string text = fmt::format(
      "世代 {}（{} 現在）: 求人 {}件\n", stats.generation, stats.as_of, Grouped(stats.documents));
  AppendSegments(stats, &text);
  AppendTable("都道府県", stats.prefectures, stats.documents, &text);
  AppendTable("産業大分類", stats.industries, stats.documents, &text);
  AppendTable("こだわり条件（確実に当てはまる求人）", stats.conditions, stats.documents, &text);
  AppendTable("項目の記入率", stats.fields, stats.documents, &text);
  AppendTable("多い語（その語を含む求人）", stats.words, stats.documents, &text);
  AppendTable("取り込めなかった理由（直近の取り込み）", stats.rejects, 0, &text);
  return text;
}

std::string StatsToJson(const IndexStats& stats) {
  JsonWriter json;
  json.StartObject();
  json.MemberUint("generation", stats.generation);
  json.Member("as_of", stats.as_of);
  json.MemberUint("documents", stats.documents);
  WriteSegments(stats, &json);
  WriteCounts("prefectures", "code", "label", stats.prefectures, &json);
  WriteCounts("industries", "code", "label", stats.industries, &json);
  WriteCounts("conditions", "code", "label", stats.conditions, &json);
  WriteCounts("fields", "tag", "label", stats.fields, &json);
  WriteCounts("words", "word", "label", stats.words, &json);
  WriteCounts("rejects", "field", "reason", stats.rejects, &json);
  json.EndObject();
  return std::string(json.view());
}

}  // namespace kyujin::indexer
