#include "engine/index/segment_writer.h"

#include <fmt/format.h>

#include <system_error>

#include "engine/base/file.h"
#include "engine/index/card_codec.h"
#include "engine/index/card_file.h"
#include "engine/index/column_builder.h"
#include "engine/index/format.h"
#include "engine/index/posting_terms.h"
#include "engine/index/text_index.h"

namespace kyujin::index {
namespace {

namespace fs = std::filesystem;

class GlassShardWriter final : public ShardWriter {
 public:
  GlassShardWriter(const fs::path& directory,
                   size_t number,
                   std::shared_ptr<const text::AnalyzerModel> model)
      : text_path_(directory / fmt::format("shard-{}.text", number)),
        cards_(directory / fmt::format("shard-{}.cards", number)),
        analyzer_(std::move(model)) {}

  Status Open() {
    KYUJIN_ASSIGN_OR_RETURN(text_, TextShardWriter::Create(text_path_));
    return cards_.Open();
  }

  Status Add(const schema::JobPosting& posting) override {
    KYUJIN_CHECK(columns_.numbers.empty() || columns_.numbers.back() < posting.number.value());
    CollectTerms(posting, &analyzer_, &terms_, &lengths_);
    KYUJIN_RETURN_IF_ERROR(text_->Add(terms_));
    columns_.Add(posting, lengths_);
    card_.clear();
    EncodeCard(posting, &card_);
    return cards_.Add(card_);
  }

  Status Finish() override {
    KYUJIN_RETURN_IF_ERROR(text_->Finish());
    text_.reset();
    return cards_.Finish();
  }

  [[nodiscard]] const fs::path& text_path() const { return text_path_; }
  [[nodiscard]] const CardGroupWriter& cards() const { return cards_; }
  [[nodiscard]] const ShardColumns& columns() const { return columns_; }

 private:
  fs::path text_path_;
  CardGroupWriter cards_;
  text::Analyzer analyzer_;
  std::unique_ptr<TextShardWriter> text_;
  ShardColumns columns_;
  std::vector<TermOccurrence> terms_;
  FieldLengths lengths_{};
  std::string card_;
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
      shards_.push_back(std::make_unique<GlassShardWriter>(directory_, i, options.analyzer));
      KYUJIN_RETURN_IF_ERROR(shards_.back()->Open());
    }
    return {};
  }

  [[nodiscard]] size_t shards() const override { return shards_.size(); }
  [[nodiscard]] ShardWriter& shard(size_t index) override { return *shards_.at(index); }

  Result<SegmentInfo> Finish() override {
    SegmentInfo info;
    info.name = directory_.filename().string();
    std::vector<const ShardColumns*> columns;
    std::vector<const CardGroupWriter*> cards;
    std::vector<fs::path> texts;
    for (const auto& shard : shards_) {
      columns.push_back(&shard->columns());
      cards.push_back(&shard->cards());
      texts.push_back(shard->text_path());
      info.documents += shard->columns().documents();
    }
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile columns_file,
                            WriteColumnFile(directory_ / kColumnFile, columns));
    KYUJIN_ASSIGN_OR_RETURN(const WrittenFile cards_file,
                            WriteCardFile(directory_ / kCardFile, cards));
    KYUJIN_RETURN_IF_ERROR(CompactText(texts, directory_ / kTextFile));
    KYUJIN_RETURN_IF_ERROR(SyncFile(directory_ / kTextFile));
    KYUJIN_ASSIGN_OR_RETURN(const uint64_t text_checksum, ChecksumFile(directory_ / kTextFile));
    info.files.push_back(
        {std::string(kTextFile), fs::file_size(directory_ / kTextFile), text_checksum});
    info.files.push_back({std::string(kColumnFile), columns_file.size, columns_file.checksum});
    info.files.push_back({std::string(kCardFile), cards_file.size, cards_file.checksum});
    KYUJIN_RETURN_IF_ERROR(RemoveShardFiles());
    KYUJIN_RETURN_IF_ERROR(SyncFolder(directory_));
    return info;
  }

 private:
  Status RemoveShardFiles() {
    std::error_code error;
    for (const auto& shard : shards_) {
      fs::remove_all(shard->text_path(), error);
      if (!error) {
        fs::remove(shard->cards().path(), error);
      }
      if (error) {
        return SystemError("cannot remove", shard->text_path(), error.value());
      }
    }
    return {};
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
