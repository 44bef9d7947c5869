#include "engine/search/word_lists.h"

#include <set>
#include <utility>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "engine/index/posting_terms.h"
#include "engine/search/phrase_matcher.h"
#include "engine/search/word_key.h"

namespace kyujin::search {
namespace {

using index::Posting;

// Reading positions costs a microsecond or two a document and part. A phrase is matched in the
// whole segment, and remembered, when that is cheap or not much dearer than among the candidates;
// from the second request on also when it is dearer, up to about a quarter of a second.
constexpr uint64_t kCheapDocuments = 4'096;
constexpr uint64_t kDearestDocuments = 100'000;
constexpr uint64_t kMuchDearer = 4;

// The documents of a phrase in one field. Thread rule: Immutable.
class PhrasePostings : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'P';
  explicit PhrasePostings(std::vector<Posting> found) : postings(std::move(found)) {}
  [[nodiscard]] size_t bytes() const override {
    return sizeof(*this) + postings.capacity() * sizeof(Posting);
  }
  const std::vector<Posting> postings;
};

// Says that a phrase was asked for before and matched among candidates only. Thread rule:
// Immutable.
class PhraseMark : public CacheEntry {
 public:
  static constexpr char kKeyTag = 'M';
  [[nodiscard]] size_t bytes() const override { return sizeof(*this); }
};

std::string SnapshotKey(const index::Snapshot& snapshot) {
  std::string key;
  for (const auto& segment : snapshot.segments()) {
    AppendFixed(&key, segment->key());
  }
  return key;
}

std::string PhraseKey(char tag,
                      uint64_t segment,
                      const query::WordForm& form,
                      schema::SearchField field) {
  std::string key(1, tag);
  AppendFixed(&key, segment);
  AppendFixed(&key, static_cast<uint8_t>(field));
  for (const query::WordForm::Part& part : form.parts) {
    AppendVarint(&key, part.offset - form.parts.front().offset);
    AppendBytes(&key, part.term);
  }
  return key;
}

}  // namespace

std::vector<std::string> HottestWordKeys(const SharedCache& cache, size_t count) {
  std::vector<std::string> words;
  std::set<std::string, std::less<>> known;
  for (const std::string& key : cache.HottestKeys(WordList::kKeyTag, count)) {
    ByteReader reader(key);
    reader.Fixed<uint8_t>();   // the tag
    reader.Fixed<uint64_t>();  // the segment
    reader.Bytes();            // what the collection says of the word
    std::string word = key.substr(key.size() - reader.remaining());
    if (known.insert(word).second) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

Result<const WordStatistics*> WordLists::StatisticsOf(const query::Word& word) {
  std::string key(1, WordStatistics::kKeyTag);
  AppendBytes(&key, SnapshotKey(snapshot_));
  key += WordKey(word, fields_);
  if (const auto* known = cache_.Find<WordStatistics>(key)) {
    return known;
  }
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<const WordStatistics> statistics,
                          WordStatistics::Read(word, fields_, snapshot_, &memory_.text_readers));
  return cache_.Keep(std::move(key), std::move(statistics));
}

Result<const WordList*> WordLists::Get(const query::Word& word,
                                       uint32_t segment,
                                       BitmapView candidates) {
  KYUJIN_ASSIGN_OR_RETURN(const WordStatistics* statistics, StatisticsOf(word));
  const index::Segment& in = *snapshot_.segments()[segment];
  std::string key(1, WordList::kKeyTag);
  AppendFixed(&key, in.key());
  AppendBytes(&key, statistics->signature());
  key += WordKey(word, fields_);
  if (const auto* known = cache_.Find<WordList>(key)) {
    return known;
  }
  KYUJIN_ASSIGN_OR_RETURN(index::TextReader * reader, memory_.text_readers.Get(snapshot_, segment));
  Place place{reader, in, candidates};
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<const WordList> list, Make(word, &place));
  if (place.is_whole) {
    return cache_.Keep(std::move(key), std::move(list));
  }
  own_.push_back(std::move(list));
  return own_.back().get();
}

Result<std::unique_ptr<const WordList>> WordLists::Make(const query::Word& word, Place* place) {
  KYUJIN_ASSIGN_OR_RETURN(const WordStatistics* statistics, StatisticsOf(word));
  memory_.builder.Begin(place->segment.documents());
  for (size_t i = 0; i < word.forms.size(); ++i) {
    KYUJIN_RETURN_IF_ERROR(AddForm(word, i, *statistics, place));
  }
  return memory_.builder.Finish();
}

Status WordLists::AddForm(const query::Word& word,
                          size_t form,
                          const WordStatistics& statistics,
                          Place* place) {
  for (const schema::SearchFieldSpec& field : schema::SearchFields()) {
    if (statistics.idf(form)[static_cast<size_t>(field.id)] == 0) {
      continue;
    }
    if (deadline_.expired()) {
      return DeadlineExceeded("words");
    }
    if (word.forms[form].parts.size() == 1) {
      KYUJIN_RETURN_IF_ERROR(AddTerm(word, form, field.id, statistics, *place));
      continue;
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::vector<Posting> postings,
                            PhraseIn(word.forms[form], field.id, place));
    memory_.builder.Add(postings,
                        statistics.Weight(word, form, field.id),
                        place->segment.columns().Lengths(field.id));
  }
  return {};
}

Status WordLists::AddTerm(const query::Word& word,
                          size_t form,
                          schema::SearchField field,
                          const WordStatistics& statistics,
                          const Place& place) {
  const std::string& term = word.forms[form].parts.front().term;
  const auto lengths = place.segment.columns().Lengths(field);
  KYUJIN_RETURN_IF_ERROR(place.reader->ReadPostings(index::FieldTerm(field, term), &postings_));
  memory_.builder.Add(postings_, statistics.Weight(word, form, field), lengths);
  KYUJIN_RETURN_IF_ERROR(
      place.reader->ReadPostings(index::FieldTerm(field, PartTerm(term)), &postings_));
  memory_.builder.Add(postings_, statistics.WeightAsPart(word, form, field), lengths);
  return {};
}

Result<std::vector<Posting>> WordLists::PhraseIn(const query::WordForm& form,
                                                 schema::SearchField field,
                                                 Place* place) {
  std::string key = PhraseKey(PhrasePostings::kKeyTag, place->segment.key(), form, field);
  if (const auto* known = cache_.Find<PhrasePostings>(key)) {
    return known->postings;
  }
  std::vector<PhrasePart> parts;
  for (const query::WordForm::Part& part : form.parts) {
    PhrasePart& phrase_part = parts.emplace_back();
    phrase_part.offset = part.offset - form.parts.front().offset;
    phrase_part.terms[0].term = index::FieldTerm(field, part.term);
    phrase_part.terms[1].term = index::FieldTerm(field, PartTerm(part.term));
    for (TermPostings& term : phrase_part.terms) {
      KYUJIN_RETURN_IF_ERROR(place->reader->ReadPostings(term.term, &term.postings));
    }
  }
  PhraseMatcher matcher(std::move(parts), place->reader, deadline_);
  const PooledBitmap documents = memory_.bitmaps.Take(place->segment.documents());
  documents->SetAll();
  matcher.KeepDocumentsWithAll(&memory_.bitmaps, documents.get());
  const bool was_whole = std::exchange(place->is_whole, true);
  MayRestrict(
      PhraseKey(PhraseMark::kKeyTag, place->segment.key(), form, field), documents.get(), place);
  KYUJIN_ASSIGN_OR_RETURN(std::vector<Posting> found, matcher.Match(documents->view()));
  if (place->is_whole) {
    cache_.Keep(std::move(key), std::make_unique<const PhrasePostings>(found));
  }
  place->is_whole = place->is_whole && was_whole;
  return found;
}

void WordLists::MayRestrict(const std::string& phrase, Bitmap* documents, Place* place) {
  const uint64_t whole = documents->Count();
  const uint64_t among = documents->view().AndCount(place->candidates);
  const bool is_cheap = whole <= kCheapDocuments || whole <= among * kMuchDearer;
  const bool is_known = cache_.Find<PhraseMark>(phrase) != nullptr;
  if (is_cheap || (is_known && whole <= kDearestDocuments)) {
    return;
  }
  if (!is_known) {
    cache_.Keep(phrase, std::make_unique<const PhraseMark>());
  }
  documents->And(place->candidates);
  place->is_whole = false;
}

}  // namespace kyujin::search
