#include "engine/index/segment_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <system_error>
#include <thread>

#include "engine/base/file.h"
#include "engine/index/card_codec.h"
#include "engine/index/card_file.h"
#include "engine/index/column_builder.h"
#include "engine/index/format.h"
#include "engine/index/posting_terms.h"
#include "engine/index/term_runs.h"
#include "engine/index/text_writer.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;

// What the words of one shard take in memory before they are written out.
constexpr uint64_t kMostRunBytes = uint64_t{64} << 20;

class GlassShardWriter final : public ShardWriter {
 public:
  GlassShardWriter(const fs::path& directory, size_t number, const SegmentWriterOptions& options)
      : text_path_(directory / fmt::format("shard-{}.text", number)),
        cards_(directory / fmt::format("shard-{}.cards", number), kCardShape),
        hits_(directory / fmt::format("shard-{}.hits", number), kHitShape),
        memory_(options.shard_memory),
        words_of_(options.analyzer, std::min<uint64_t>(WordCollector::kMemoryBytes, memory_ / 8)),
        runs_(text_path_, std::min(memory_ / 4, kMostRunBytes)) {}

  Status Open() {
    std::error_code error;
    if (!fs::create_directory(text_path_, error)) {
      return SystemError("cannot create", text_path_, error ? error.value() : EEXIST);
    }
    KYUJIN_RETURN_IF_ERROR(hits_.Open());
    return cards_.Open();
  }

  Status Add(const schema::JobPosting& posting) override {
    KYUJIN_CHECK(columns_.numbers.empty() || columns_.numbers.back() < posting.number.value());
    words_of_.Collect(posting, &words_, &lengths_);
    KYUJIN_RETURN_IF_ERROR(AddTerms());
    columns_.Add(posting, lengths_);
    EncodePosting(posting, &stored_);
    KYUJIN_RETURN_IF_ERROR(hits_.Add(stored_.hit));
    return cards_.Add(stored_.card);
  }

  Status Finish() override {
    KYUJIN_RETURN_IF_ERROR(runs_.Finish());
    KYUJIN_RETURN_IF_ERROR(hits_.Finish());
    return cards_.Finish();
  }

  Status RemoveFiles() const {
    std::error_code error;
    for (const fs::path& path : {text_path_, cards_.path(), hits_.path()}) {
      fs::remove_all(path, error);
      if (error) {
        return SystemError("cannot remove", path, error.value());
      }
    }
    return {};
  }

  [[nodiscard]] TextShard text() const { return {runs_.files(), columns_.documents()}; }
  // The folder of text(); it may take more.
  [[nodiscard]] const fs::path& text_path() const { return text_path_; }
  [[nodiscard]] const CardGroupWriter& cards() const { return cards_; }
  [[nodiscard]] const CardGroupWriter& hits() const { return hits_; }
  [[nodiscard]] const ShardColumns& columns() const { return columns_; }

 private:
  // Adds each word once, with its positions.
  Status AddTerms() {
    for (auto at = words_.begin(); at != words_.end();) {
      const PostingWord& first = *at;
      positions_.clear();
      for (; at != words_.end() && at->field == first.field && at->token == first.token; ++at) {
        positions_.push_back(at->position);
      }
      KYUJIN_RETURN_IF_ERROR(
          runs_.Add(TermOf(first.field, first.token), columns_.documents(), positions_));
    }
    return {};
  }

  // The number of a token in a field under which its runs are kept.
  uint32_t TermOf(schema::SearchField field, uint32_t token) {
    const size_t place = token * schema::kSearchFieldCount + static_cast<size_t>(field);
    if (place >= terms_.size()) {
      terms_.resize(words_of_.tokens().size() * schema::kSearchFieldCount, kNoTerm);
    }
    uint32_t& term = terms_[place];
    if (term == kNoTerm) {
      term = runs_.AddTerm(FieldTerm(field, words_of_.tokens()[token]));
    }
    return term;
  }

  fs::path text_path_;
  CardGroupWriter cards_;
  CardGroupWriter hits_;
  uint64_t memory_;
  WordCollector words_of_;
  TermRunWriter runs_;
  ShardColumns columns_;
  std::vector<PostingWord> words_;
  std::vector<uint32_t> positions_;
  FieldLengths lengths_{};
  static constexpr uint32_t kNoTerm = UINT32_MAX;
  std::vector<uint32_t> terms_;  // by token and field
  StoredPosting stored_;
};

class GlassSegmentWriter final : public SegmentWriter {
 public:
  explicit GlassSegmentWriter(fs::path directory) : directory_(std::move(directory)) {}

  Status Open(const SegmentWriterOptions& options) {
    std::error_code error;
    if (!fs::create_directory(directory_, error)) {
      return SystemError("cannot create", directory_, error ? error.value() : EEXIST);
    }
    for (size_t i = 0; i < options.shards; ++i) {
      shards_.push_back(std::make_unique<GlassShardWriter>(directory_, i, options));
      KYUJIN_RETURN_IF_ERROR(shards_.back()->Open());
    }
    return {};
  }

  [[nodiscard]] size_t shards() const override { return shards_.size(); }
  [[nodiscard]] ShardWriter& shard(size_t index) override { return *shards_.at(index); }

  Result<SegmentInfo> Finish() override {
    SegmentInfo info;
    info.name = directory_.filename().string();
    for (const auto& shard : shards_) {
      info.documents += shard->columns().documents();
    }
    // Xapian joins on one core: the other files are written meanwhile.
    Result<FileEntry> text = FileEntry{};
    Result<FileEntry> columns = FileEntry{};
    Result<FileEntry> cards = FileEntry{};
    Result<FileEntry> hits = FileEntry{};
    {
      const std::jthread text_thread([&] { text = Caught([this] { return WriteText(); }); });
      columns = WriteColumns();
      cards = WriteCards(kCardFile, kCardShape, &GlassShardWriter::cards);
      hits = WriteCards(kHitFile, kHitShape, &GlassShardWriter::hits);
    }
    KYUJIN_RETURN_IF_ERROR(text);
    KYUJIN_RETURN_IF_ERROR(columns);
    KYUJIN_RETURN_IF_ERROR(cards);
    KYUJIN_RETURN_IF_ERROR(hits);
    info.files = {*text, *columns, *cards, *hits};
    for (const auto& shard : shards_) {
      KYUJIN_RETURN_IF_ERROR(shard->RemoveFiles());
    }
    KYUJIN_RETURN_IF_ERROR(SyncFolder(directory_));
    return info;
  }

 private:
  template <class Work>
  static Result<FileEntry> Caught(Work&& work) {
    try {
      return work();
    } catch (const std::exception& exception) {
      return Internal(std::string("while joining: ") + exception.what());
    }
  }

  Result<FileEntry> WriteText() {
    std::vector<TextShard> shards;
    for (const auto& shard : shards_) {
      shards.push_back(shard->text());
    }
    const fs::path path = directory_ / kTextFile;
    KYUJIN_RETURN_IF_ERROR(WriteTextFile(shards, shards_.front()->text_path(), path));
    KYUJIN_RETURN_IF_ERROR(SyncFile(path));
    KYUJIN_ASSIGN_OR_RETURN(const uint64_t checksum, ChecksumFile(path));
    std::error_code error;
    const uint64_t size = fs::file_size(path, error);
    if (error) {
      return SystemError("cannot stat", path, error.value());
    }
    return FileEntry{std::string(kTextFile), size, checksum};
  }

  Result<FileEntry> WriteColumns() {
    std::vector<const ShardColumns*> columns;
    for (const auto& shard : shards_) {
      columns.push_back(&shard->columns());
    }
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile file,
                            WriteColumnFile(directory_ / kColumnFile, columns));
    return FileEntry{std::string(kColumnFile), file.size, file.checksum};
  }

  Result<FileEntry> WriteCards(std::string_view name,
                               const CardShape& shape,
                               const CardGroupWriter& (GlassShardWriter::*group)() const) {
    std::vector<const CardGroupWriter*> groups;
    for (const auto& shard : shards_) {
      groups.push_back(&(*shard.*group)());
    }
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile file,
                            WriteCardFile(directory_ / name, shape, groups));
    return FileEntry{std::string(name), file.size, file.checksum};
  }

  fs::path directory_;
  std::vector<std::unique_ptr<GlassShardWriter>> shards_;
};

}  // namespace

Result<std::unique_ptr<SegmentWriter>> SegmentWriter::Create(const SegmentWriterOptions& options) {
  auto writer = std::make_unique<GlassSegmentWriter>(options.directory);
  KYUJIN_RETURN_IF_ERROR(writer->Open(options));
  return std::unique_ptr<SegmentWriter>(std::move(writer));
}

}  // namespace kyujin::index
