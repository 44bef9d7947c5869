#include "tests/testing/random_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tests/testing/random_values.h"

namespace kyujin::test {
namespace {

constexpr unsigned kDuplicatePercent = 4;
constexpr uint32_t kSerials = 100'000'000;

std::string FeedDate(Date date) {
  std::string text = date.ToString();
  std::replace(text.begin(), text.end(), '-', '/');
  return text;
}

std::string MakeNumber(std::set<std::string>* used, RandomSource* random) {
  for (;;) {
    std::string number = fmt::format("{}-{:08}",
                                     random->Pick({"01010", "13010", "13020", "27140"}),
                                     random->Below(random->Percent(50) ? 3'000 : kSerials));
    if (used->insert(number).second) {
      return number;
    }
  }
}

// Edges of the received facet and of `new`, a few future days, and anything up to two months.
int RandomReceivedDelta(RandomSource* random) {
  return random->Percent(60)
             ? random->Pick({3, 1, 0, 0, -1, -2, -3, -6, -7, -13, -14, -29, -30, -31, -60})
             : random->Between(-60, 0);
}

void AddDates(RandomRecord* record, Date today, RandomSource* random) {
  if (random->Percent(93)) {
    record->Add(random->Percent(90) ? "uktkymd_seireki" : "uktkymd",
                FeedDate(today.PlusDays(RandomReceivedDelta(random))));
  }
  if (random->Percent(90)) {
    const int delta =
        random->Percent(25) ? random->Pick({-40, -2, -1, 0, 1}) : random->Between(-3, 70);
    record->Add("kjyukoymd", FeedDate(today.PlusDays(delta)));
  }
}

RandomRecord MakeRecord(const std::string& number, Date today, RandomSource* random) {
  RandomRecord record;
  record.Add("kjno", random->Percent(3) ? ToFullWidth(number) : number);
  AddDates(&record, today, random);
  if (random->Percent(2)) {
    return record;  // a posting of which nothing else is known
  }
  AddKind(&record, random);
  AddPlace(&record, random);
  AddWage(&record, random);
  AddHours(&record, random);
  AddRequirements(&record, random);
  AddConditions(&record, random);
  AddTexts(&record, random);
  return record;
}

// Adds repeats of postings with a received date: the same number, another day, other values.
void AddDuplicates(std::vector<RandomRecord>* records, Date today, RandomSource* random) {
  const size_t originals = records->size();
  for (size_t i = 0; i < originals; ++i) {
    const RandomRecord& original = (*records)[i];
    const bool is_dated =
        !original.Get("uktkymd_seireki").empty() || !original.Get("uktkymd").empty();
    if (!is_dated || !random->Percent(kDuplicatePercent)) {
      continue;
    }
    RandomRecord repeat = MakeRecord(std::string(original.Get("kjno")), today, random);
    std::erase_if(repeat.values,
                  [](const auto& value) { return value.first.starts_with("uktkymd"); });
    // Days that no original has, so that one of the two is the newer.
    repeat.Add("uktkymd_seireki", FeedDate(today.PlusDays(random->Pick({2, -61, -90}))));
    records->push_back(std::move(repeat));
  }
  for (size_t i = records->size(); i > 1; --i) {
    std::swap((*records)[i - 1], (*records)[random->Below(i)]);
  }
}

void AppendEscaped(std::string_view text, std::string* xml) {
  for (const char c : text) {
    switch (c) {
      case '&':
        *xml += "&amp;";
        break;
      case '<':
        *xml += "&lt;";
        break;
      case '>':
        *xml += "&gt;";
        break;
      default:
        xml->push_back(c);
    }
  }
}

}  // namespace

std::string_view RandomRecord::Get(std::string_view tag) const {
  for (const auto& [name, text] : values) {
    if (name == tag) {
      return text;
    }
  }
  return {};
}

std::vector<RandomRecord> MakeRandomFeed(size_t count, Date today, RandomSource* random) {
  std::vector<RandomRecord> records;
  std::set<std::string> used;
  records.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    records.push_back(MakeRecord(MakeNumber(&used, random), today, random));
  }
  AddDuplicates(&records, today, random);
  return records;
}

std::string ToFeedPage(const std::vector<RandomRecord>& records) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>\n";
  for (const RandomRecord& record : records) {
    xml += "<data>\n";
    for (const auto& [tag, text] : record.values) {
      xml.append("<").append(tag).append(">");
      AppendEscaped(text, &xml);
      xml.append("</").append(tag).append(">\n");
    }
    xml += "</data>\n";
  }
  return xml + "</kyujin></root>\n";
}

std::string ToFullWidth(std::string_view text) {
  constexpr char32_t kOffset = 0xFEE0;
  std::string wide;
  for (const char c : text) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_word) {
      const char32_t code = static_cast<unsigned char>(c) + kOffset;
      wide.push_back(static_cast<char>(0xE0U | code >> 12U));
      wide.push_back(static_cast<char>(0x80U | (code >> 6U & 0x3FU)));
      wide.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
    } else {
      wide.push_back(c);
    }
  }
  return wide;
}

}  // namespace kyujin::test
