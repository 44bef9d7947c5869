#include "bench/peers/xapian/peer_indexer.h"

#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "bench/peers/xapian/peer_columns.h"
#include "bench/peers/xapian/peer_layout.h"

namespace kyujin::bench {

std::string SortableKey(uint64_t value) {
  std::string bytes(sizeof value, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(value >> (8 * (bytes.size() - 1 - i)));
  }
  return bytes;
}

std::unique_ptr<text::Analyzer> MakeAnalyzer() {
  auto model = text::AnalyzerModel::Load();
  if (!model.has_value()) {
    throw std::runtime_error(model.error().message);
  }
  return std::make_unique<text::Analyzer>(*model);
}

namespace {

using Clock = std::chrono::steady_clock;

// Makes documents of rows. Confined to one thread.
class DocumentMaker {
 public:
  explicit DocumentMaker(const PeerColumns& columns)
      : columns_(columns), analyzer_(MakeAnalyzer()) {}

  Xapian::Document Make(const Row& row) {
    Xapian::Document doc;
    AddTexts(row, &doc);
    AddFacets(row, &doc);
    AddNumbers(row, &doc);
    std::string shown;
    for (const char* name : {"title", "employer", "workplace", "description"}) {
      shown += row[columns_.texts[PeerColumns::Find(columns_.texts, name)].place];
      shown += '\t';
    }
    doc.set_data(shown);
    return doc;
  }

 private:
  void AddTexts(const Row& row, Xapian::Document* doc) {
    for (size_t i = 0; i < columns_.texts.size(); ++i) {
      analyzer_->Analyze(row[columns_.texts[i].place], &tokens_);
      for (const text::Token& token : tokens_) {
        doc->add_posting(TextPrefix(i) + token.text, token.position + 1);
      }
    }
  }

  void AddFacets(const Row& row, Xapian::Document* doc) const {
    for (size_t i = 0; i < columns_.facets.size(); ++i) {
      const PeerColumn& facet = columns_.facets[i];
      doc->add_value(Slot(0, i), row[facet.place]);
      for (const std::string& code : Split(row[facet.place], " ")) {
        if (!code.empty()) {
          doc->add_boolean_term(FilterTerm(facet.name, code));
        }
      }
    }
  }

  void AddNumbers(const Row& row, Xapian::Document* doc) const {
    for (size_t i = 0; i < columns_.sorts.size(); ++i) {
      doc->add_value(Slot(kSortSlots, i), SortableKey(std::stoull(row[columns_.sorts[i].place])));
    }
    for (size_t i = 0; i < columns_.amounts.size(); ++i) {
      const double value = std::stod(row[columns_.amounts[i].place]);
      if (value >= 0) {
        doc->add_value(Slot(kAmountSlots, i), Xapian::sortable_serialise(value));
      }
    }
    std::string number = row[columns_.number];
    std::erase(number, '-');
    doc->add_value(kNumberSlot, SortableKey(std::stoull(number)));
  }

  const PeerColumns& columns_;
  std::unique_ptr<text::Analyzer> analyzer_;
  std::vector<text::Token> tokens_;
};

}  // namespace

void IndexPostings(const std::string& postings, const std::string& directory) {
  const auto start = Clock::now();
  std::ifstream input(postings, std::ios::binary);
  std::string line;
  std::getline(input, line);
  const PeerColumns columns(line);
  DocumentMaker maker(columns);
  uint64_t count = 0;
  const std::string parts = directory + ".writing";
  {
    Xapian::WritableDatabase database(parts, Xapian::DB_CREATE_OR_OVERWRITE);
    while (std::getline(input, line)) {
      database.add_document(maker.Make(Split(line, "\t")));
      ++count;
    }
    database.commit();
  }
  Xapian::Database(parts).compact(directory, Xapian::DBCOMPACT_SINGLE_FILE);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("indexed\t%llu\t%.1f\n", static_cast<unsigned long long>(count), seconds);
}

}  // namespace kyujin::bench
