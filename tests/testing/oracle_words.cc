#include "tests/testing/oracle_words.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/index/field_length.h"
#include "engine/query/word_expander.h"

namespace kyujin::test {
namespace {

constexpr double kK1 = 1.2;
constexpr double kB = 0.75;
constexpr double kUnit = 65536.0;
// What a word is worth where it stands as a part of a compound.
constexpr double kPartWeight = 0.75;

// How telling a word is, in 16ths, and at least one of them.
double RoundedIdf(double documents, double frequency) {
  const double df = std::min(frequency, documents);
  const double idf = std::log(1.0 + (documents - df + 0.5) / (df + 0.5));
  return std::max(1.0, std::round(idf * 16)) / 16;
}

// The average length of a field in whole 16ths of a word, of which the first four binary digits
// count.
double RoundedAverage(double words, double documents) {
  const double sixteenths = std::max(1.0, std::floor(words * 16 / documents));
  double digit = 1;
  while (sixteenths / digit >= 16) {
    digit *= 2;
  }
  return std::floor(sixteenths / digit + 0.5) * digit / 16;
}

// The fields of q_in, or all.
std::vector<size_t> SearchedFields(const OracleRequest& request) {
  std::vector<size_t> fields;
  const auto chosen = request.values.find("q_in");
  for (size_t i = 0; i < schema::kSearchFieldCount; ++i) {
    const std::string name(schema::SearchFields()[i].name);
    if (chosen == request.values.end() ||
        std::find(chosen->second.begin(), chosen->second.end(), name) != chosen->second.end()) {
      fields.push_back(i);
    }
  }
  return fields;
}

// At how many places `parts` stand in `text` with the distances that they have among themselves,
// each as a word or as a part of a compound.
template <class Text>
uint32_t CountPlaces(const Text& parts, const Text& text) {
  std::set<uint32_t> places;
  for (const auto& start : text) {
    if (start.id != parts.front().id && start.id != parts.front().part_id) {
      continue;
    }
    const bool all = std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      const uint32_t position = start.position + part.position - parts.front().position;
      return std::any_of(text.begin(), text.end(), [&](const auto& word) {
        return word.position == position && (word.id == part.id || word.id == part.part_id);
      });
    });
    if (all) {
      places.insert(start.position);
    }
  }
  return static_cast<uint32_t>(places.size());
}

template <class Text>
uint32_t CountWords(int id, const Text& text) {
  return static_cast<uint32_t>(
      std::count_if(text.begin(), text.end(), [&](const auto& word) { return word.id == id; }));
}

}  // namespace

int OracleWords::IdOf(const std::string& text) {
  const int next = static_cast<int>(ids_.size());
  return ids_.try_emplace(text, next).first->second;
}

OracleWords::Text OracleWords::Read(std::string_view text) {
  std::vector<text::Token> tokens;
  analyzer_.Analyze(text, &tokens);
  Text read;
  for (const text::Token& token : tokens) {
    const bool is_part = token.text.front() == '~' && token.text.size() > 1;
    read.push_back({IdOf(token.text), IdOf("~" + token.text), token.position, is_part});
  }
  return read;
}

OracleWords::Text OracleWords::ReadQuery(std::string_view text) {
  Text read = Read(text);
  std::erase_if(read, [](const PlacedWord& word) { return word.is_part; });
  return read;
}

bool OracleWords::HasWords(std::string_view text) {
  return !ReadQuery(text).empty();
}

void OracleWords::Add(const schema::JobPosting& job) {
  Document& document = documents_.emplace_back();
  for (const schema::FeedRecord::Value& value : job.feed.values()) {
    const schema::SearchField field = schema::GetFeedField(value.tag).search_field;
    if (field != schema::SearchField::kNone) {
      Field& place = document[static_cast<size_t>(field)];
      place.texts.push_back(Read(value.text));
      for (const PlacedWord& word : place.texts.back()) {
        place.length += word.is_part ? 0 : 1;
      }
    }
  }
}

double OracleWords::IdfOf(const Text& parts, size_t field) const {
  const auto documents = static_cast<double>(documents_.size());
  double idf = 0;
  for (const PlacedWord& part : parts) {
    double df = 0;
    for (const int id : {part.id, part.part_id}) {
      df += static_cast<double>(
          std::count_if(documents_.begin(), documents_.end(), [&](const Document& d) {
            return std::any_of(d[field].texts.begin(), d[field].texts.end(), [&](const Text& text) {
              return CountWords(id, text) > 0;
            });
          }));
    }
    idf += RoundedIdf(documents, df);
  }
  return idf;
}

double OracleWords::AverageLengthOf(size_t field) const {
  double length_sum = 0;
  double documents_with = 0;
  for (const Document& document : documents_) {
    length_sum += document[field].length;
    documents_with += document[field].length > 0 ? 1 : 0;
  }
  return documents_with == 0 ? 1 : RoundedAverage(length_sum, documents_with);
}

template <class Count>
void OracleWords::AddOccurrences(
    double worth, double average, size_t field, Count&& count, Found* found) const {
  for (size_t i = 0; i < documents_.size(); ++i) {
    double tf = 0;
    for (const Text& text : documents_[i][field].texts) {
      tf += count(text);
    }
    if (tf > 0) {
      const double length = index::DecodeLength(index::EncodeLength(documents_[i][field].length));
      const double bm25 = tf * (kK1 + 1) / (tf + kK1 * (1 - kB + kB * length / average));
      found->has[i] = true;
      found->scores[i] += std::llround(kUnit * worth * bm25);
    }
  }
}

void OracleWords::FindInField(const Form& form, size_t field, Found* found) const {
  const Text& parts = form.parts;
  const double average = AverageLengthOf(field);
  const double worth = IdfOf(parts, field) * schema::SearchFields()[field].weight * form.weight;
  if (parts.size() > 1) {
    const auto count = [&](const Text& text) { return CountPlaces(parts, text); };
    AddOccurrences(worth, average, field, count, found);
    return;
  }
  const auto as_word = [&](const Text& text) { return CountWords(parts.front().id, text); };
  AddOccurrences(worth, average, field, as_word, found);
  const auto as_part = [&](const Text& text) { return CountWords(parts.front().part_id, text); };
  AddOccurrences(worth * kPartWeight, average, field, as_part, found);
}

std::vector<OracleWords::Form> OracleWords::FormsOf(const OracleWord& word, WordUse use) {
  query::WordExpander expander(&analyzer_);
  const auto expanded = expander.Expand({word.text, word.quoted, use == WordUse::kExcluded, false});
  std::vector<Form> forms;
  if (expanded) {
    for (const query::WordForm& form : expanded->forms) {
      Form& read = forms.emplace_back();
      read.weight = form.weight / 256.0;
      for (const query::WordForm::Part& part : form.parts) {
        read.parts.push_back({IdOf(part.term), IdOf("~" + part.term), part.offset, false});
      }
    }
  }
  return forms;
}

OracleWords::Found OracleWords::Find(const OracleWord& word,
                                     const std::vector<size_t>& fields,
                                     WordUse use) {
  Found found{std::vector<bool>(documents_.size()), std::vector<int64_t>(documents_.size())};
  for (const Form& form : FormsOf(word, use)) {
    for (const size_t field : fields) {
      FindInField(form, field, &found);
    }
  }
  return found;
}

void OracleWords::Require(const std::vector<OracleWord>& alternatives,
                          const std::vector<size_t>& fields,
                          WordVerdicts* verdicts) {
  std::vector<bool> any(documents_.size());
  for (const OracleWord& word : alternatives) {
    const Found found = Find(word, fields, WordUse::kWanted);
    for (size_t i = 0; i < documents_.size(); ++i) {
      any[i] = any[i] || found.has[i];
      verdicts->scores[i] += found.scores[i];
    }
  }
  for (size_t i = 0; i < documents_.size(); ++i) {
    verdicts->passes[i] = verdicts->passes[i] && any[i];
  }
}

void OracleWords::Exclude(const OracleWord& word,
                          const std::vector<size_t>& fields,
                          WordVerdicts* verdicts) {
  const Found found = Find(word, fields, WordUse::kExcluded);
  for (size_t i = 0; i < documents_.size(); ++i) {
    verdicts->passes[i] = verdicts->passes[i] && !found.has[i];
  }
}

WordVerdicts OracleWords::Judge(const OracleRequest& request) {
  WordVerdicts verdicts{std::vector<bool>(documents_.size(), true),
                        std::vector<int64_t>(documents_.size())};
  const std::vector<size_t> fields = SearchedFields(request);
  std::vector<std::vector<OracleWord>> clauses = request.clauses;
  if (request.Value("q_mode") == "or" && !clauses.empty()) {
    clauses.assign(1, {});
    for (const auto& clause : request.clauses) {
      clauses.front().insert(clauses.front().end(), clause.begin(), clause.end());
    }
  }
  for (const auto& clause : clauses) {
    Require(clause, fields, &verdicts);
  }
  for (const OracleWord& word : request.negatives) {
    Exclude(word, fields, &verdicts);
  }
  for (const OracleWord& word : request.excluded) {
    Exclude(word, fields, &verdicts);
  }
  return verdicts;
}

}  // namespace kyujin::test
