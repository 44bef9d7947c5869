#include "tests/testing/oracle_words.h"

#include <algorithm>
#include <cmath>

#include "engine/index/field_length.h"

namespace kyujin::test {
namespace {

constexpr double kK1 = 1.2;
constexpr double kB = 0.75;
constexpr double kUnit = 65536.0;

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

// How often `parts` stand in `text` with the distances that they have among themselves.
template <class Text>
uint32_t CountOccurrences(const Text& parts, const Text& text) {
  uint32_t count = 0;
  for (const auto& start : text) {
    if (start.id != parts.front().id) {
      continue;
    }
    const bool all = std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
      const uint32_t position = start.position + part.position - parts.front().position;
      return std::any_of(text.begin(), text.end(), [&](const auto& word) {
        return word.position == position && word.id == part.id;
      });
    });
    count += all ? 1 : 0;
  }
  return count;
}

}  // namespace

OracleWords::Text OracleWords::Read(std::string_view text) {
  std::vector<text::Token> tokens;
  analyzer_.Analyze(text, &tokens);
  Text read;
  for (const text::Token& token : tokens) {
    const int next = static_cast<int>(ids_.size());
    read.push_back({ids_.try_emplace(token.text, next).first->second,
                    token.position,
                    text::IsPartTerm(token.text)});
  }
  return read;
}

OracleWords::Text OracleWords::ReadTyped(std::string_view text) {
  Text read = Read(text);
  std::erase_if(read, [](const PlacedWord& word) { return word.is_part; });
  return read;
}

bool OracleWords::HasWords(std::string_view text) {
  return !Read(text).empty();
}

void OracleWords::Add(const schema::JobPosting& job) {
  Document& document = documents_.emplace_back();
  for (const schema::FeedRecord::Value& value : job.feed.values()) {
    const schema::SearchField field = schema::GetFeedField(value.tag).search_field;
    if (field != schema::SearchField::kNone) {
      Field& place = document[static_cast<size_t>(field)];
      place.texts.push_back(Read(value.text));
      const Text& words = place.texts.back();
      place.length += static_cast<uint32_t>(std::count_if(
          words.begin(), words.end(), [](const PlacedWord& word) { return !word.is_part; }));
    }
  }
}

double OracleWords::IdfOf(const Text& parts, size_t field) const {
  const auto documents = static_cast<double>(documents_.size());
  double idf = 0;
  for (const PlacedWord& part : parts) {
    const auto with = std::count_if(documents_.begin(), documents_.end(), [&](const Document& d) {
      return std::any_of(d[field].texts.begin(), d[field].texts.end(), [&](const Text& text) {
        return std::any_of(
            text.begin(), text.end(), [&](const PlacedWord& word) { return word.id == part.id; });
      });
    });
    const auto df = static_cast<double>(with);
    idf += std::log(1.0 + (documents - df + 0.5) / (df + 0.5));
  }
  return idf;
}

void OracleWords::FindInField(const Text& parts, size_t field, Found* found) const {
  std::vector<uint32_t> occurrences;
  double length_sum = 0;
  double documents_with = 0;
  for (const Document& document : documents_) {
    uint32_t& count = occurrences.emplace_back(0);
    for (const Text& text : document[field].texts) {
      count += CountOccurrences(parts, text);
    }
    length_sum += document[field].length;
    documents_with += document[field].length > 0 ? 1 : 0;
  }
  if (std::all_of(occurrences.begin(), occurrences.end(), [](uint32_t n) { return n == 0; })) {
    return;
  }
  const double idf = IdfOf(parts, field);
  const double average = length_sum / documents_with;
  const double weight = schema::SearchFields()[field].weight;
  for (size_t i = 0; i < documents_.size(); ++i) {
    if (occurrences[i] == 0) {
      continue;
    }
    const double tf = occurrences[i];
    const double length = index::DecodeLength(index::EncodeLength(documents_[i][field].length));
    const double bm25 = idf * tf * (kK1 + 1) / (tf + kK1 * (1 - kB + kB * length / average));
    found->has[i] = true;
    found->scores[i] += std::llround(kUnit * weight * bm25);
  }
}

OracleWords::Found OracleWords::Find(const OracleWord& word, const std::vector<size_t>& fields) {
  Found found{std::vector<bool>(documents_.size()), std::vector<int64_t>(documents_.size())};
  const Text parts = ReadTyped(word.text);
  for (const size_t field : fields) {
    FindInField(parts, field, &found);
  }
  return found;
}

void OracleWords::Require(const std::vector<OracleWord>& alternatives,
                          const std::vector<size_t>& fields,
                          WordVerdicts* verdicts) {
  std::vector<bool> any(documents_.size());
  for (const OracleWord& word : alternatives) {
    const Found found = Find(word, fields);
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
  const Found found = Find(word, fields);
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
