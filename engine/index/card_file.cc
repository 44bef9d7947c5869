#include "engine/index/card_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "engine/index/format.h"
#include "engine/index/manifest.h"

namespace kyujin::index {
namespace {

constexpr size_t kDictionaryBytes = size_t{112} << 10;
constexpr int kCompressionLevel = 3;
constexpr size_t kTrainingCards = 4'000;
constexpr size_t kTrailerBytes = 8 + 4 + 4 + 8 + 8;
constexpr size_t kGroupBytes = 4 + 4 + 8 + 8 + 8 + 8;

// What goes before a card that is not packed: a zstd frame has a checksum of its own.
uint32_t PlainChecksum(std::string_view card) {
  return static_cast<uint32_t>(Hash64(card));
}

}  // namespace

Status CardGroupWriter::Open() {
  KYUJIN_ASSIGN_OR_RETURN(file_, FileWriter::Create(path_));
  return {};
}

Status CardGroupWriter::Add(std::string_view card) {
  ++cards_;
  if (!shape_.is_packed) {
    return AddPlain(card);
  }
  if (compressor_ == nullptr) {
    samples_.emplace_back(card);
    return samples_.size() < kTrainingCards ? Status() : TrainAndFlushSamples();
  }
  return AddToBlock(card);
}

Status CardGroupWriter::AddPlain(std::string_view card) {
  block_.clear();
  AppendFixed(&block_, PlainChecksum(card));
  block_ += card;
  KYUJIN_RETURN_IF_ERROR(file_->Append(block_));
  block_offsets_.push_back(file_->size());
  return {};
}

Status CardGroupWriter::TrainAndFlushSamples() {
  dictionary_ = TrainCompressionDictionary(samples_, kDictionaryBytes);
  compressor_ = std::make_unique<BlockCompressor>(dictionary_, kCompressionLevel);
  for (const std::string& sample : samples_) {
    KYUJIN_RETURN_IF_ERROR(AddToBlock(sample));
  }
  samples_ = {};
  return {};
}

Status CardGroupWriter::AddToBlock(std::string_view card) {
  AppendVarint(&sizes_, card.size());
  block_ += card;
  return ++block_cards_ < shape_.cards_per_block ? Status() : FlushBlock();
}

Status CardGroupWriter::FlushBlock() {
  compressed_.clear();
  KYUJIN_RETURN_IF_ERROR(compressor_->Compress(sizes_ + block_, &compressed_));
  KYUJIN_RETURN_IF_ERROR(file_->Append(compressed_));
  block_offsets_.push_back(file_->size());
  sizes_.clear();
  block_.clear();
  block_cards_ = 0;
  return {};
}

Status CardGroupWriter::Finish() {
  if (shape_.is_packed && compressor_ == nullptr) {
    KYUJIN_RETURN_IF_ERROR(TrainAndFlushSamples());
  }
  if (block_cards_ > 0) {
    KYUJIN_RETURN_IF_ERROR(FlushBlock());
  }
  KYUJIN_ASSIGN_OR_RETURN(blocks_, file_->FinishScratch());
  return {};
}

namespace {

// Appends the group's blocks, dictionary and offsets to `file` and its row to `table`; `first` is
// the number of the group's first document.
Status AppendGroup(const CardGroupWriter& group,
                   uint32_t first,
                   FileWriter* file,
                   std::string* table) {
  const uint64_t start = file->size();
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const MappedFile> blocks,
                          MappedFile::Open(group.blocks()));
  KYUJIN_RETURN_IF_ERROR(file->Append(blocks->bytes()));
  const uint64_t dictionary_offset = file->size();
  KYUJIN_RETURN_IF_ERROR(file->Append(group.dictionary()));
  KYUJIN_RETURN_IF_ERROR(file->AlignTo(8));
  AppendFixed(table, first);
  AppendFixed(table, group.cards());
  AppendFixed(table, start);
  AppendFixed(table, dictionary_offset);
  AppendFixed(table, static_cast<uint64_t>(group.dictionary().size()));
  AppendFixed(table, file->size());
  for (const uint64_t offset : group.block_offsets()) {
    std::string bytes;
    AppendFixed(&bytes, offset);
    KYUJIN_RETURN_IF_ERROR(file->Append(bytes));
  }
  return {};
}

}  // namespace

Result<WrittenFile> WriteCardFile(const std::filesystem::path& path,
                                  const CardShape& shape,
                                  const std::vector<const CardGroupWriter*>& groups) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<FileWriter> file, FileWriter::Create(path));
  std::string table;
  uint32_t documents = 0;
  for (const CardGroupWriter* group : groups) {
    KYUJIN_CHECK(group->shape().magic == shape.magic);
    KYUJIN_RETURN_IF_ERROR(AppendGroup(*group, documents, file.get(), &table));
    documents += group->cards();
  }
  const uint64_t table_offset = file->size();
  std::string trailer(shape.magic);
  AppendFixed(&trailer, kFormatVersion);
  AppendFixed(&trailer, documents);
  AppendFixed(&trailer, table_offset);
  AppendFixed(&trailer, Hash64(table + trailer));
  KYUJIN_RETURN_IF_ERROR(file->Append(table));
  KYUJIN_RETURN_IF_ERROR(file->Append(trailer));
  KYUJIN_RETURN_IF_ERROR(file->Finish());
  return WrittenFile{file->size(), file->checksum()};
}

struct CardFile::Group {
  uint32_t first = 0;
  uint32_t cards = 0;
  std::string_view blocks;
  std::string_view offsets;  // u64 each, one more than there are blocks
  std::unique_ptr<BlockDecompressor> decompressor;
};

CardFile::CardFile(std::shared_ptr<const MappedFile> file, const CardShape& shape)
    : file_(std::move(file)), shape_(shape) {}
CardFile::~CardFile() = default;

Result<std::unique_ptr<const CardFile>> CardFile::Open(const std::filesystem::path& path,
                                                       const CardShape& shape) {
  KYUJIN_ASSIGN_OR_RETURN(std::shared_ptr<const MappedFile> mapped, MappedFile::Open(path));
  std::unique_ptr<CardFile> file(new CardFile(std::move(mapped), shape));
  KYUJIN_RETURN_IF_ERROR(file->ReadTrailer());
  return std::unique_ptr<const CardFile>(std::move(file));
}

Status CardFile::ReadTrailer() {
  const std::string_view all = file_->bytes();
  if (all.size() < kTrailerBytes || all.substr(all.size() - kTrailerBytes, 8) != shape_.magic) {
    return Broken("no card file, or truncated");
  }
  const std::string_view trailer = all.substr(all.size() - kTrailerBytes);
  ByteReader reader(trailer.substr(shape_.magic.size()));
  if (const uint32_t version = reader.Fixed<uint32_t>().value_or(0); version != kFormatVersion) {
    return Unavailable(
        fmt::format("{}: format version {}, this program reads {}; rebuild with kyujin-index build",
                    file_->path().string(),
                    version,
                    kFormatVersion));
  }
  documents_ = reader.Fixed<uint32_t>().value_or(0);
  const uint64_t table_offset = reader.Fixed<uint64_t>().value_or(0);
  const uint64_t checksum = reader.Fixed<uint64_t>().value_or(0);
  if (table_offset > all.size() - kTrailerBytes) {
    return Broken("table of groups does not fit");
  }
  const std::string_view table =
      all.substr(table_offset, all.size() - kTrailerBytes - table_offset);
  if (Hash64(std::string(table) + std::string(trailer.substr(0, kTrailerBytes - 8))) != checksum) {
    return Broken("checksum of the table of groups is wrong");
  }
  if (table.size() % kGroupBytes != 0) {
    return Broken("table of groups is cut");
  }
  uint64_t documents = 0;
  for (ByteReader rows(table); !rows.empty();) {
    Group group;
    group.first = rows.Fixed<uint32_t>().value_or(0);
    group.cards = rows.Fixed<uint32_t>().value_or(0);
    const uint64_t start = rows.Fixed<uint64_t>().value_or(0);
    const uint64_t dictionary = rows.Fixed<uint64_t>().value_or(0);
    const uint64_t dictionary_size = rows.Fixed<uint64_t>().value_or(0);
    const uint64_t offsets = rows.Fixed<uint64_t>().value_or(0);
    const uint64_t blocks =
        (uint64_t{group.cards} + shape_.cards_per_block - 1) / shape_.cards_per_block;
    const uint64_t offset_bytes = (blocks + 1) * sizeof(uint64_t);
    if (group.first != documents || start > dictionary || offsets > table_offset ||
        dictionary > offsets || dictionary_size > offsets - dictionary ||
        offset_bytes > table_offset - offsets) {
      return Broken("a group does not fit");
    }
    documents += group.cards;
    group.blocks = all.substr(start, dictionary - start);
    group.offsets = all.substr(offsets, offset_bytes);
    group.decompressor =
        std::make_unique<BlockDecompressor>(all.substr(dictionary, dictionary_size));
    groups_.push_back(std::move(group));
  }
  return documents == documents_ ? Status() : Broken("groups and trailer count different cards");
}

Result<std::string> CardFile::Read(DocId doc) const {
  const auto next = std::upper_bound(
      groups_.begin(), groups_.end(), doc, [](DocId d, const Group& g) { return d < g.first; });
  if (next == groups_.begin() || doc - std::prev(next)->first >= std::prev(next)->cards) {
    return Broken(fmt::format("document {} is outside every group", doc));
  }
  const Group& group = *std::prev(next);
  const uint32_t place = doc - group.first;
  const uint64_t block = place / shape_.cards_per_block;
  ByteReader offsets(group.offsets.substr(block * sizeof(uint64_t), 2 * sizeof(uint64_t)));
  const uint64_t begin = offsets.Fixed<uint64_t>().value_or(0);
  const uint64_t end = offsets.Fixed<uint64_t>().value_or(0);
  if (begin > end || end > group.blocks.size()) {
    return Broken(fmt::format("block of document {} does not fit", doc));
  }
  const std::string_view bytes = group.blocks.substr(begin, end - begin);
  return shape_.is_packed ? ReadPacked(group, place, bytes) : ReadPlain(bytes);
}

Result<std::string> CardFile::ReadPlain(std::string_view block) const {
  ByteReader reader(block);
  const auto checksum = reader.Fixed<uint32_t>();
  const std::string_view card = block.substr(block.size() - reader.remaining());
  if (!checksum || *checksum != PlainChecksum(card)) {
    return Broken("checksum of a card is wrong");
  }
  return std::string(card);
}

Result<std::string> CardFile::ReadPacked(const Group& group,
                                         uint32_t place,
                                         std::string_view block) const {
  std::string content;
  if (auto status = group.decompressor->Decompress(block, kMaxCardBlockBytes, &content);
      !status.has_value()) {
    return Broken(status.error().message);
  }
  const uint32_t in_place = place % shape_.cards_per_block;
  const uint32_t in_block = std::min(shape_.cards_per_block, group.cards - (place - in_place));
  ByteReader sizes(content);
  uint64_t before = 0;
  uint64_t wanted = 0;
  for (uint32_t i = 0; i < in_block; ++i) {
    const uint64_t size = sizes.Varint().value_or(0);
    before += i < in_place ? size : 0;
    wanted = i == in_place ? size : wanted;
  }
  if (before > sizes.remaining() || wanted > sizes.remaining() - before) {
    return Broken(fmt::format("card {} of its group does not fit its block", place));
  }
  return content.substr(content.size() - sizes.remaining() + before, wanted);
}

Error CardFile::Broken(std::string_view what) const {
  return Corruption(fmt::format("{}: {}", file_->path().string(), what));
}

}  // namespace kyujin::index
