#include "engine/text/analyzer.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <filesystem>
#include <utility>

#include "engine/text/broken_words.h"
#include "engine/text/mecab_tokenizer.h"
#include "engine/text/normalizer.h"
#include "engine/text/romaji.h"
#include "engine/text/sentence_splitter.h"
#include "engine/text/spelling.h"
#include "engine/text/token_writer.h"
#include "engine/text/utf8.h"
#include "engine/text/word_table.h"

namespace kyujin::text {
namespace {

// Raise with every change of this module that makes other tokens from some text.
constexpr int kRulesVersion = 6;

bool HasWord(std::string_view sentence) {
  constexpr std::string_view kZero = "〇";
  return HasWordCharacter(sentence) || sentence.find(kZero) != std::string_view::npos;
}

}  // namespace

struct AnalyzerModel::Impl {
  std::shared_ptr<const MecabModel> mecab;
  std::shared_ptr<const WordTable> words;
  std::shared_ptr<const ReadingTable> readings;
  std::string version;
};

AnalyzerModel::AnalyzerModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AnalyzerModel::~AnalyzerModel() = default;

Result<std::shared_ptr<const AnalyzerModel>> AnalyzerModel::Load(const AnalyzerOptions& options) {
  const std::string& dictionary_path =
      options.dictionary_path.empty() ? KYUJIN_MECAB_DICTIONARY : options.dictionary_path;
  const std::filesystem::path own =
      options.own_dictionary_path.empty() ? KYUJIN_DICTIONARY_FOLDER : options.own_dictionary_path;
  auto impl = std::make_unique<Impl>();
  KYUJIN_ASSIGN_OR_RETURN(impl->mecab,
                          MecabModel::Load(dictionary_path, (own / "user.dic").string()));
  KYUJIN_ASSIGN_OR_RETURN(impl->words, WordTable::Open(own / "words.bin"));
  KYUJIN_ASSIGN_OR_RETURN(impl->readings, ReadingTable::Open(own / "readings.bin"));
  impl->version = fmt::format("rules-{}-{:x} unicode-{} {} words-{:016x} readings-{:016x}",
                              kRulesVersion,
                              TextTablesChecksum(),
                              U_UNICODE_VERSION,
                              impl->mecab->identity(),
                              impl->words->checksum(),
                              impl->readings->checksum());
  return std::shared_ptr<const AnalyzerModel>(new AnalyzerModel(std::move(impl)));
}

std::string_view AnalyzerModel::version() const {
  return impl_->version;
}

const ReadingTable& AnalyzerModel::readings() const {
  return *impl_->readings;
}

struct Analyzer::Impl {
  Impl(std::shared_ptr<const AnalyzerModel> shared_model, size_t memory_bytes)
      : model(std::move(shared_model)),
        mecab(model->impl_->mecab, memory_bytes),
        joiner(*model->impl_->words, &mecab) {}

  std::shared_ptr<const AnalyzerModel> model;
  MecabTokenizer mecab;
  BrokenWordJoiner joiner;
  // Buffers, kept for their memory.
  NormalizedText normalized;
  NormalizedText scratch;
  std::vector<Morpheme> morphemes;
  std::vector<WordSpan> spans;
  std::vector<KatakanaPiece> pieces;
};

Analyzer::Analyzer(std::shared_ptr<const AnalyzerModel> model, size_t memory_bytes)
    : impl_(std::make_unique<Impl>(std::move(model), memory_bytes)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::string_view Analyzer::version() const {
  return impl_->model->version();
}

const AnalyzerModel& Analyzer::model() const {
  return *impl_->model;
}

size_t Analyzer::Analyze(std::string_view original, std::vector<Token>* tokens) {
  const std::string_view analyzed = FirstBytes(original, kMaxTextBytes);
  Normalize(analyzed, &impl_->normalized);
  UnifySpelling(impl_->model->impl_->words.get(), &impl_->normalized, &impl_->scratch);
  impl_->joiner.Join(&impl_->normalized, &impl_->scratch);
  const std::string_view text = impl_->normalized.text;
  const TokenWriter::Context context = {
      impl_->model->impl_->words.get(), &impl_->spans, &impl_->pieces};
  TokenWriter writer(impl_->normalized, context, tokens);
  SentenceSplitter splitter(text);
  for (Piece piece; splitter.Next(&piece);) {
    const std::string_view sentence = text.substr(piece.begin, piece.end - piece.begin);
    if (!HasWord(sentence)) {
      continue;
    }
    impl_->mecab.Tokenize(sentence, &impl_->morphemes);
    writer.WritePiece(piece.begin, impl_->morphemes);
  }
  writer.Finish();
  return analyzed.size();
}

bool Analyzer::IsClosed(std::string_view word) {
  const WordTable& words = *impl_->model->impl_->words;
  const WordEntry* entry = words.Find(word);
  // Katakana is one word of a longer run, not a compound that was closed.
  if (entry != nullptr && entry->shape == static_cast<uint16_t>(WordShape::kClosed) &&
      !IsKana(word)) {
    return true;
  }
  if (word.empty() || word.size() > kMaxSentenceBytes) {
    return false;
  }
  impl_->mecab.Tokenize(word, &impl_->morphemes);
  // Unknown words are given guesses for features.
  return impl_->morphemes.size() == 1 && impl_->morphemes.front().is_known &&
         impl_->morphemes.front().is_place;
}

}  // namespace kyujin::text
