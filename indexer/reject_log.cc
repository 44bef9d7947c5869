#include "indexer/reject_log.h"

#include <utility>

#include "engine/base/json.h"
#include "engine/index/format.h"

namespace kyujin::indexer {
namespace {

constexpr size_t kFirstRejects = 10;
// Numbers and reasons quote what the feed says, which may be long.
constexpr size_t kMaxTextBytes = 512;
// Names of unknown tags come from outside; the report counts no more of them than this.
constexpr size_t kMaxFields = 1000;

std::string Cut(std::string_view text) {
  if (text.size() <= kMaxTextBytes) {
    return std::string(text);
  }
  size_t end = kMaxTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string ToLine(const Reject& reject, const std::string& file) {
  JsonWriter writer;
  writer.StartObject();
  writer.Member("number", Cut(reject.number));
  writer.Member("field", Cut(reject.field));
  writer.Member("reason", Cut(reject.reason));
  writer.Member("file", file);
  writer.MemberUint("line", reject.place.line);
  writer.MemberUint("byte", reject.place.byte);
  writer.EndObject();
  return std::string(writer.view()) + "\n";
}

std::string ToText(const Reject& reject, const std::string& file) {
  std::string text = file + ":" + std::to_string(reject.place.line) + " (byte " +
                     std::to_string(reject.place.byte) + "): ";
  for (const std::string* part : {&reject.number, &reject.field}) {
    if (!part->empty()) {
      text += Cut(*part) + ": ";
    }
  }
  return text + Cut(reject.reason);
}

}  // namespace

Result<std::unique_ptr<RejectLog>> RejectLog::Create(const std::filesystem::path& folder,
                                                     std::vector<std::string> files) {
  const auto path = folder / (std::string(index::kScratchPrefix) + std::string(kRejectLogName));
  KYUJIN_ASSIGN_OR_RETURN(auto file, OutputFile::Create(path));
  return std::unique_ptr<RejectLog>(new RejectLog(folder, std::move(files), std::move(file)));
}

RejectLog::RejectLog(std::filesystem::path folder,
                     std::vector<std::string> files,
                     std::unique_ptr<OutputFile> file)
    : folder_(std::move(folder)), files_(std::move(files)), file_(std::move(file)) {}

Status RejectLog::Add(const Reject& reject) {
  const MutexLock lock(mutex_);
  return Write(reject, &summary_.first_rejects);
}

Status RejectLog::AddBrokenPage(const Reject& reject) {
  const MutexLock lock(mutex_);
  ++summary_.broken_pages;
  return Write(reject, &summary_.first_broken_pages);
}

Status RejectLog::Write(const Reject& reject, std::vector<std::string>* first) {
  const std::string& file = files_.at(reject.place.file);
  ++summary_.total;
  if (summary_.by_field.size() < kMaxFields || summary_.by_field.contains(reject.field)) {
    ++summary_.by_field[Cut(reject.field)];
  }
  if (first->size() < kFirstRejects) {
    first->push_back(ToText(reject, file));
  }
  return file_->Append(ToLine(reject, file));
}

Status RejectLog::Publish() {
  const MutexLock lock(mutex_);
  return file_->PublishAs(folder_ / kRejectLogName);
}

RejectLog::Summary RejectLog::summary() const {
  const MutexLock lock(mutex_);
  return summary_;
}

}  // namespace kyujin::indexer
