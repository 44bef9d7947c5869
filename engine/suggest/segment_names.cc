#include "engine/suggest/segment_names.h"

#include <algorithm>
#include <array>

#include "engine/schema/column.h"
#include "engine/text/romaji.h"
#include "engine/text/utf8.h"

namespace kyujin::suggest {
namespace {

using index::SegmentColumns;

// Calls `visit(number)` for each number of a document, then the next document: a counting sort.
// Numbers beyond `numbers` are left out; one that a document has twice counts once.
template <class NumbersOf>
DocumentLists MakeLists(uint32_t documents, size_t numbers, NumbersOf&& numbers_of) {
  DocumentLists lists;
  std::vector<DocId> last(numbers, UINT32_MAX);
  lists.ends.assign(numbers, 0);
  const auto each_once = [&](auto&& visit) {
    std::fill(last.begin(), last.end(), UINT32_MAX);
    for (DocId doc = 0; doc < documents; ++doc) {
      numbers_of(doc, [&](uint32_t number) {
        if (number < numbers && last[number] != doc) {
          last[number] = doc;
          visit(number, doc);
        }
      });
    }
  };
  each_once([&](uint32_t number, DocId) { ++lists.ends[number]; });
  uint32_t sum = 0;
  std::vector<uint32_t> next;
  next.reserve(numbers);
  for (uint32_t& end : lists.ends) {
    next.push_back(sum);
    sum += end;
    end = sum;
  }
  lists.documents.resize(sum);
  each_once([&](uint32_t number, DocId doc) { lists.documents[next[number]++] = doc; });
  return lists;
}

DocumentLists ListsOf(const SegmentColumns& columns,
                      const index::ListView& values,
                      size_t names,
                      unsigned shift) {
  return MakeLists(columns.documents(), names, [&](DocId doc, auto&& visit) {
    for (const uint32_t value : values[doc]) {
      visit(value >> shift);
    }
  });
}

std::string_view LeadingKana(std::string_view name) {
  std::string_view rest = name;
  while (!rest.empty()) {
    const text::Utf8Char c = text::DecodeUtf8Char(rest);
    if (!text::IsHiragana(c.value) && !text::IsKatakana(c.value)) {
      break;
    }
    rest.remove_prefix(c.size);
  }
  return name.substr(0, name.size() - rest.size());
}

constexpr size_t kMunicipalityCodes = 48'000;

}  // namespace

std::string_view WithoutLegalForm(std::string_view name) {
  constexpr auto kForms = std::to_array<std::string_view>({"株式会社",
                                                           "有限会社",
                                                           "合同会社",
                                                           "合資会社",
                                                           "合名会社",
                                                           "(株)",
                                                           "(有)",
                                                           "(同)",
                                                           "一般社団法人",
                                                           "公益社団法人",
                                                           "一般財団法人",
                                                           "公益財団法人",
                                                           "社会福祉法人",
                                                           "社会医療法人",
                                                           "特定医療法人",
                                                           "医療法人社団",
                                                           "医療法人財団",
                                                           "医療法人",
                                                           "学校法人",
                                                           "宗教法人",
                                                           "特定非営利活動法人",
                                                           "npo法人",
                                                           "独立行政法人",
                                                           "国立大学法人",
                                                           "国立研究開発法人",
                                                           "地方独立行政法人",
                                                           "農事組合法人",
                                                           "税理士法人",
                                                           "弁護士法人",
                                                           "社会保険労務士法人",
                                                           "行政書士法人",
                                                           "司法書士法人",
                                                           "監査法人",
                                                           "協同組合",
                                                           "財団法人",
                                                           "社団法人"});
  for (bool is_cut = true; is_cut;) {
    is_cut = false;
    for (const std::string_view form : kForms) {
      if (name.starts_with(form) && name.size() > form.size()) {
        name.remove_prefix(form.size());
        is_cut = true;
      }
    }
  }
  return name;
}

SegmentNames::SegmentNames(const SegmentColumns& columns)
    : by_station(ListsOf(columns, columns.stations(), columns.station_names().size(), 8)),
      by_licence(ListsOf(columns, columns.licences(), columns.licence_names().size(), 0)),
      by_employer(MakeLists(columns.documents(),
                            columns.employer_names().size(),
                            [&](DocId doc, auto&& visit) { visit(columns.employers()[doc]); })),
      by_municipality(MakeLists(columns.documents(),
                                kMunicipalityCodes,
                                [&](DocId doc, auto&& visit) {
                                  visit(
                                      columns.Values<uint16_t>(schema::Column::kMunicipality)[doc]);
                                })),
      has_occupations(columns.FacetBits(index::FacetColumn::kOccupationMajor, 0).Count() <
                      columns.documents()) {
  for (uint32_t id = 0; id < columns.station_names().size(); ++id) {
    stations.Add(columns.station_names()[id], {}, id);
  }
  stations.Finish();
  for (uint32_t id = 0; id < columns.employer_names().size(); ++id) {
    const std::string_view name = WithoutLegalForm(columns.employer_names()[id]);
    employers.Add(name, {}, id);
    // カモメ電機 is found by `kamome`, though nobody knows how the rest is read.
    const std::string_view kana = LeadingKana(name);
    if (kana.size() < name.size()) {
      employers.readings.Add(text::RomajiKey(kana), id);
    }
  }
  employers.Finish();
}

std::shared_ptr<const SegmentNames> SegmentNamesCache::Get(
    const std::shared_ptr<const index::Segment>& segment) {
  const MutexLock lock(mutex_);
  for (const Entry& entry : entries_) {
    if (entry.segment.lock() == segment) {
      return entry.names;
    }
  }
  std::erase_if(entries_, [](const Entry& entry) { return entry.segment.expired(); });
  entries_.push_back({segment, std::make_shared<const SegmentNames>(segment->columns())});
  return entries_.back().names;
}

}  // namespace kyujin::suggest
