#include "indexer/record_spool.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/base/coding.h"
#include "engine/schema/posting_version.h"

namespace kyujin::indexer {
namespace {

void Encode(const schema::FeedRecord& record, const RecordPlace& place, std::string* out) {
  AppendVarint(out, place.file);
  AppendVarint(out, place.line);
  AppendVarint(out, place.byte);
  AppendVarint(out, record.values().size());
  for (const auto& value : record.values()) {
    AppendVarint(out, static_cast<uint64_t>(value.tag));
    AppendBytes(out, value.text);
  }
  for (const auto& value : record.unknown()) {
    AppendBytes(out, value.tag);
    AppendBytes(out, value.text);
  }
}

bool DecodeValues(ByteReader& reader, schema::FeedRecord* record) {
  const auto count = reader.Varint();
  for (uint64_t i = 0; i < count.value_or(0); ++i) {
    const auto tag = reader.Varint();
    const auto text = reader.Bytes();
    if (!tag || !text || *tag >= schema::FeedFields().size()) {
      return false;
    }
    record->Set(static_cast<schema::Tag>(*tag), *text);
  }
  while (!reader.empty()) {
    const auto tag = reader.Bytes();
    const auto text = reader.Bytes();
    if (!tag || !text) {
      return false;
    }
    record->Set(*tag, *text);
  }
  return count.has_value();
}

bool Decode(std::string_view bytes, schema::FeedRecord* record, RecordPlace* place) {
  ByteReader reader(bytes);
  const auto file = reader.Varint();
  const auto line = reader.Varint();
  const auto byte = reader.Varint();
  if (!file || !line || !byte) {
    return false;
  }
  *place = {static_cast<uint32_t>(*file), *line, *byte};
  return DecodeValues(reader, record);
}

}  // namespace

Result<std::unique_ptr<RecordSpool>> RecordSpool::Create(const std::filesystem::path& folder) {
  KYUJIN_ASSIGN_OR_RETURN(auto file, OutputFile::CreateUnlinked(folder));
  return std::unique_ptr<RecordSpool>(new RecordSpool(std::move(file)));
}

Status RecordSpool::Append(schema::PostingNumber number,
                           uint16_t received,
                           const schema::FeedRecord& record,
                           const RecordPlace& place) {
  buffer_.clear();
  Encode(record, place, &buffer_);
  entries_.push_back({number.value(),
                      file_->size(),
                      schema::ContentHash(record),
                      static_cast<uint32_t>(buffer_.size()),
                      received});
  return file_->Append(buffer_);
}

Result<uint64_t> RecordSpool::Seal(Winner winner) {
  KYUJIN_RETURN_IF_ERROR(file_->Flush());
  const bool by_date = winner == Winner::kReceivedLast;
  std::sort(entries_.begin(), entries_.end(), [by_date](const Entry& a, const Entry& b) {
    return by_date
               ? std::tie(a.number, b.received, a.offset) < std::tie(b.number, a.received, b.offset)
               : std::tie(a.number, b.offset) < std::tie(b.number, a.offset);
  });
  const auto end = std::unique(entries_.begin(),
                               entries_.end(),
                               [](const Entry& a, const Entry& b) { return a.number == b.number; });
  const auto dropped = static_cast<uint64_t>(entries_.end() - end);
  entries_.erase(end, entries_.end());
  return dropped;
}

void RecordSpool::KeepIf(const std::function<bool(uint64_t number, uint64_t content_hash)>& keep) {
  std::erase_if(entries_,
                [&](const Entry& entry) { return !keep(entry.number, entry.content_hash); });
}

SpoolReader::SpoolReader(const RecordSpool& spool, size_t begin, size_t end)
    : spool_(spool), next_(begin), end_(end) {
  KYUJIN_CHECK(begin <= end && end <= spool.size());
}

Result<bool> SpoolReader::Next(schema::FeedRecord* record, RecordPlace* place) {
  record->Clear();
  if (next_ == end_) {
    return false;
  }
  const auto& entry = spool_.entries_[next_++];
  buffer_.resize(entry.size);
  KYUJIN_RETURN_IF_ERROR(spool_.file_->ReadAt(entry.offset, buffer_));
  if (!Decode(buffer_, record, place)) {
    return Internal("the spool gave back other bytes than were written to it");
  }
  return true;
}

}  // namespace kyujin::indexer
