#include "bench/mix/query_sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include "bench/mix/sampled_filter.h"
#include "engine/index/posting_terms.h"
#include "engine/text/utf8.h"

namespace kyujin::mix {
namespace {

// Above the number of different words of nearly all postings: a draw of a posting is accepted in
// proportion to how many it has, which makes every word as likely as it is frequent.
constexpr uint32_t kMostWords = 400;
constexpr int kMostTries = 100'000;
constexpr std::array<std::string_view, 6> kSorts{
    "new", "wage_min", "wage_max", "deadline", "holidays", "new"};

// A content word is at least two characters long, and one of them is no hiragana and no digit.
bool IsContentWord(std::string_view written) {
  size_t characters = 0;
  bool tells = false;
  while (!written.empty()) {
    const char32_t c = text::DecodeUtf8(&written);
    const bool hiragana = c >= U'ぁ' && c <= U'ゟ';
    const bool digit = (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
    const bool special = c == U'"' || c == U'　' || c == U' ' || c == U'\n' || c == U'-';
    if (special) {
      return false;
    }
    tells = tells || (!hiragana && !digit);
    ++characters;
  }
  return tells && characters >= 2;
}

Error TooSmall() {
  return InvalidArgument("the index is too small to draw so many different requests from");
}

}  // namespace

QuerySampler::QuerySampler(const index::Snapshot& snapshot, text::Analyzer* analyzer, uint64_t seed)
    : snapshot_(snapshot), analyzer_(analyzer), random_(seed) {}

Result<std::vector<MixQuery>> QuerySampler::StandardMix(size_t count) {
  std::vector<MixQuery> queries;
  std::set<std::string> targets;
  for (const QueryClassSpec& spec : kQueryClasses) {
    const size_t wanted = targets.size() + count * spec.share / 100;
    for (int tries = 0; targets.size() < wanted; ++tries) {
      if (tries == kMostTries) {
        return TooSmall();
      }
      KYUJIN_ASSIGN_OR_RETURN(MixQuery query, Draw(spec.id));
      if (targets.insert(query.Target()).second) {
        queries.push_back(std::move(query));
      }
    }
  }
  // Classes in turn, as they come to a server.
  for (size_t i = queries.size(); i > 1; --i) {
    std::swap(queries[i - 1], queries[random_.Below(static_cast<uint32_t>(i))]);
  }
  return queries;
}

Result<MixQuery> QuerySampler::Draw(QueryClass query_class) {
  MixQuery query;
  query.query_class = query_class;
  size_t words = 0;
  switch (query_class) {
    case QueryClass::kWordsFilters:
      words = 1 + random_.Below(2);
      break;
    case QueryClass::kOneWord:
      words = 1;
      break;
    case QueryClass::kTwoWords:
      words = 2;
      break;
    case QueryClass::kFilters:
      query.sort = kSorts[random_.Below(kSorts.size())];
      break;
    case QueryClass::kPhrase: {
      KYUJIN_ASSIGN_OR_RETURN(std::string phrase, DrawPhrase());
      query.words.push_back(std::move(phrase));
      break;
    }
    case QueryClass::kRareWord: {
      KYUJIN_ASSIGN_OR_RETURN(std::string word, DrawRareWord());
      query.words.push_back(std::move(word));
      break;
    }
  }
  while (query.words.size() < words) {
    KYUJIN_ASSIGN_OR_RETURN(std::string word, DrawWord());
    query.words.push_back(std::move(word));
  }
  if (query_class == QueryClass::kWordsFilters || query_class == QueryClass::kFilters) {
    KYUJIN_ASSIGN_OR_RETURN(query.filters, DrawFilters());
  }
  return query;
}

Status QuerySampler::KeepPostings() {
  constexpr size_t kKept = 4'000;
  std::vector<DrawnPosting> kept;
  while (kept.size() < kKept) {
    KYUJIN_ASSIGN_OR_RETURN(DrawnPosting drawn, ReadPosting());
    kept.push_back(std::move(drawn));
  }
  kept_ = std::move(kept);
  return {};
}

Result<std::vector<MixQuery>> QuerySampler::LargeMix(size_t count, uint32_t max_equal) {
  KYUJIN_RETURN_IF_ERROR(KeepPostings());
  std::vector<MixQuery> queries;
  std::unordered_set<std::string> targets;
  size_t equal = 0;
  while (queries.size() < count) {
    // When too many are equal, the class with the most different requests fills up.
    const bool is_full = equal * 100 >= max_equal * (queries.size() + 1);
    uint32_t drawn = is_full ? 0 : random_.Below(100);
    const auto* spec = kQueryClasses.begin();
    while (drawn >= spec->share) {
      drawn -= spec->share;
      ++spec;
    }
    KYUJIN_ASSIGN_OR_RETURN(MixQuery query, Draw(spec->id));
    if (!targets.insert(query.Target()).second) {
      if (is_full) {
        continue;
      }
      ++equal;
    }
    queries.push_back(std::move(query));
  }
  return queries;
}

Result<const QuerySampler::DrawnPosting*> QuerySampler::DrawPosting() {
  if (!kept_.empty()) {
    return &kept_[random_.Below(static_cast<uint32_t>(kept_.size()))];
  }
  KYUJIN_ASSIGN_OR_RETURN(drawn_, ReadPosting());
  return &drawn_;
}

Result<QuerySampler::DrawnPosting> QuerySampler::ReadPosting() {
  uint64_t place = random_.Below(static_cast<uint32_t>(snapshot_.documents()));
  uint32_t segment = 0;
  while (place >= snapshot_.segments()[segment]->documents()) {
    place -= snapshot_.segments()[segment]->documents();
    ++segment;
  }
  DrawnPosting drawn;
  KYUJIN_ASSIGN_OR_RETURN(drawn.posting,
                          snapshot_.ReadPosting({segment, static_cast<DocId>(place)}));
  drawn.words = WordsOf(drawn.posting);
  drawn.different = drawn.words;
  std::stable_sort(drawn.different.begin(), drawn.different.end());
  drawn.different.erase(std::unique(drawn.different.begin(),
                                    drawn.different.end(),
                                    [](const auto& a, const auto& b) { return a.term == b.term; }),
                        drawn.different.end());
  return drawn;
}

std::vector<QuerySampler::PostingWord> QuerySampler::WordsOf(const schema::JobPosting& posting) {
  std::vector<PostingWord> words;
  for (size_t i = 0; i < posting.feed.values().size(); ++i) {
    const schema::FeedRecord::Value& value = posting.feed.values()[i];
    if (schema::GetFeedField(value.tag).search_field == schema::SearchField::kNone) {
      continue;
    }
    analyzer_->Analyze(value.text, &tokens_);
    for (const text::Token& token : tokens_) {
      const std::string written = value.text.substr(token.begin, token.end - token.begin);
      // A marked token is a part or the opposite of what is written.
      const bool marked = token.text.starts_with('~') || token.text.starts_with('!');
      if (!marked && IsContentWord(written)) {
        words.push_back({token.text, written, token.position, token.begin, token.end, i});
      }
    }
  }
  return words;
}

Result<std::string> QuerySampler::DrawWord() {
  for (;;) {
    KYUJIN_ASSIGN_OR_RETURN(const DrawnPosting* drawn, DrawPosting());
    const std::vector<PostingWord>& words = drawn->different;
    const uint32_t place = random_.Below(kMostWords);
    if (place < words.size()) {
      return words[place].written;
    }
  }
}

Result<uint32_t> QuerySampler::DocumentFrequency(const std::string& term) {
  const auto [known, is_new] = frequencies_.try_emplace(term, 0);
  uint32_t& documents = known->second;
  for (uint32_t i = 0; is_new && i < snapshot_.segments().size(); ++i) {
    KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, readers_.Get(snapshot_, i));
    for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
      for (const char* mark : {"", "~"}) {
        KYUJIN_ASSIGN_OR_RETURN(const uint32_t in_field,
                                reader->DocumentFrequency(index::FieldTerm(field.id, mark + term)));
        documents += in_field;
      }
    }
  }
  return documents;
}

Result<std::string> QuerySampler::DrawRareWord() {
  for (int tries = 0; tries < kMostTries; ++tries) {
    KYUJIN_ASSIGN_OR_RETURN(const DrawnPosting* drawn, DrawPosting());
    const std::vector<PostingWord>& words = drawn->words;
    if (words.empty()) {
      continue;
    }
    const PostingWord& word = words[random_.Below(static_cast<uint32_t>(words.size()))];
    KYUJIN_ASSIGN_OR_RETURN(const uint32_t documents, DocumentFrequency(word.term));
    if (documents <= kRareDocuments) {
      return word.written;
    }
  }
  return TooSmall();
}

Result<std::string> QuerySampler::DrawPhrase() {
  for (int tries = 0; tries < kMostTries; ++tries) {
    KYUJIN_ASSIGN_OR_RETURN(const DrawnPosting* drawn, DrawPosting());
    const schema::JobPosting& posting = drawn->posting;
    const std::vector<PostingWord>& words = drawn->words;
    const size_t length = 2 + random_.Below(2);
    if (words.size() < length) {
      continue;
    }
    const size_t first = random_.Below(static_cast<uint32_t>(words.size() - length + 1));
    const PostingWord& begin = words[first];
    const PostingWord& end = words[first + length - 1];
    const bool follows = begin.text == end.text && begin.end <= end.begin &&
                         end.position - begin.position < 2 * length;
    const std::string written =
        follows ? posting.feed.values()[begin.text].text.substr(begin.begin, end.end - begin.begin)
                : "";
    if (IsContentWord(written)) {
      return written;
    }
  }
  return TooSmall();
}

Result<std::vector<QuerySampler::Filter>> QuerySampler::DrawFilters() {
  const size_t wanted = 1 + random_.Below(3);
  std::vector<Filter> filters;
  while (filters.size() < wanted) {
    KYUJIN_ASSIGN_OR_RETURN(const DrawnPosting* drawn, DrawPosting());
    const auto filter = SampleFilter(drawn->posting, &random_);
    const bool taken = !filter || std::any_of(filters.begin(), filters.end(), [&](const Filter& f) {
      return f.first == filter->first;
    });
    if (!taken) {
      filters.push_back(*filter);
    }
  }
  return filters;
}

}  // namespace kyujin::mix
