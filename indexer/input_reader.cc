#include "indexer/input_reader.h"

#include <memory>
#include <utility>

#include "indexer/source_jsonl.h"
#include "indexer/source_teikyo_xml.h"

namespace kyujin::indexer {
namespace {

// Reports how far the file is read and ends reading when a stop is asked for, so that sources need
// to know of neither. Confined to one thread.
class WatchedByteSource final : public ByteSource {
 public:
  WatchedByteSource(std::unique_ptr<ByteSource> source,
                    Progress& progress,
                    const std::stop_token& stop)
      : source_(std::move(source)), progress_(progress), stop_(stop) {}

  Result<size_t> Read(std::span<char> buffer) override {
    if (stop_.stop_requested()) {
      return Unavailable("interrupted: nothing is published");
    }
    auto count = source_->Read(buffer);
    progress_.Advance(0, source_->file_position() - reported_);
    reported_ = source_->file_position();
    return count;
  }
  [[nodiscard]] uint64_t file_position() const override { return source_->file_position(); }

 private:
  std::unique_ptr<ByteSource> source_;
  Progress& progress_;
  const std::stop_token& stop_;
  uint64_t reported_ = 0;
};

// Counts records for the progress, a few hundred at a time. Confined to one thread.
class CountingSink final : public RecordSink {
 public:
  CountingSink(RecordSink& sink, Progress& progress) : sink_(sink), progress_(progress) {}

  Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) override {
    if (++count_ % kStep == 0) {
      progress_.Advance(kStep, 0);
    }
    return sink_.OnRecord(record, place);
  }
  Status OnReject(const Reject& reject) override { return sink_.OnReject(reject); }
  Status OnBrokenPage(const Reject& reject) override { return sink_.OnBrokenPage(reject); }

  void Finish() { progress_.Advance(count_ % kStep, 0); }

 private:
  static constexpr uint64_t kStep = 256;

  RecordSink& sink_;
  Progress& progress_;
  uint64_t count_ = 0;
};

}  // namespace

Status ReadInputs(const InputFiles& inputs,
                  RecordSink& sink,
                  Progress& progress,
                  const std::stop_token& stop) {
  TeikyoXmlSource xml;
  JsonlSource jsonl;
  CountingSink counting(sink, progress);
  for (uint32_t i = 0; i < inputs.files.size(); ++i) {
    const InputFile& file = inputs.files[i];
    KYUJIN_ASSIGN_OR_RETURN(auto opened, OpenByteSource(file.path, file.compression));
    WatchedByteSource bytes(std::move(opened), progress, stop);
    Source& source = file.format == InputFormat::kTeikyoXml ? static_cast<Source&>(xml) : jsonl;
    KYUJIN_RETURN_IF_ERROR(source.Read(bytes, i, counting));
  }
  counting.Finish();
  return {};
}

}  // namespace kyujin::indexer
