#include "indexer/input_reader.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/mutex.h"
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

// The files take turns at the sink. Thread-safe.
class Turns {
 public:
  // Waits until every file before `file` is done. Returns false when reading has ended early.
  bool Wait(size_t file) {
    MutexLock lock(mutex_);
    while (file_ != file && !error_) {
      changed_.Wait(mutex_);
    }
    return !error_;
  }
  void Next() {
    const MutexLock lock(mutex_);
    ++file_;
    changed_.NotifyAll();
  }
  // Requires: it is the file's turn, or nothing but ending matters.
  void Fail(const Error& error) {
    const MutexLock lock(mutex_);
    error_ = error_.value_or(error);
    changed_.NotifyAll();
  }
  [[nodiscard]] Status status() const {
    const MutexLock lock(mutex_);
    return error_ ? Status(*error_) : Status();
  }

 private:
  mutable Mutex mutex_;
  ConditionVariable changed_;
  size_t file_ KYUJIN_GUARDED_BY(mutex_) = 0;
  std::optional<Error> error_ KYUJIN_GUARDED_BY(mutex_);
};

// Keeps what one file holds until its turn has come, then hands it on at once. Confined to one
// thread.
class WaitingSink final : public RecordSink {
 public:
  WaitingSink(RecordSink& sink, Progress& progress, Turns& turns)
      : sink_(sink), progress_(progress), turns_(turns) {}

  void BeginFile(size_t file) { file_ = file; }

  Status OnRecord(schema::FeedRecord& record, const RecordPlace& place) override {
    kept_.push_back({Kind::kRecord, std::move(record), {{}, {}, {}, place}});
    return FlushIfFull();
  }
  Status OnReject(const Reject& reject) override {
    kept_.push_back({Kind::kReject, {}, reject});
    return FlushIfFull();
  }
  Status OnBrokenPage(const Reject& reject) override {
    kept_.push_back({Kind::kBrokenPage, {}, reject});
    return FlushIfFull();
  }

  // Errors: those of the sink; kUnavailable when another file has failed.
  Status Flush() {
    if (!turns_.Wait(file_)) {
      return Unavailable("another file failed");
    }
    for (Event& event : kept_) {
      KYUJIN_RETURN_IF_ERROR(HandOn(event));
    }
    progress_.Advance(kept_.size(), 0);
    kept_.clear();
    return {};
  }

 private:
  enum class Kind { kRecord, kReject, kBrokenPage };
  struct Event {
    Kind kind;
    schema::FeedRecord record;
    Reject reject;  // of a record only the place
  };

  Status FlushIfFull() { return kept_.size() < kRecordsAhead ? Status() : Flush(); }

  Status HandOn(Event& event) {
    switch (event.kind) {
      case Kind::kRecord:
        return sink_.OnRecord(event.record, event.reject.place);
      case Kind::kReject:
        return sink_.OnReject(event.reject);
      case Kind::kBrokenPage:
        return sink_.OnBrokenPage(event.reject);
    }
    return {};
  }

  RecordSink& sink_;
  Progress& progress_;
  Turns& turns_;
  size_t file_ = 0;
  std::vector<Event> kept_;
};

// What the threads share. Thread-safe.
class ParallelReader {
 public:
  ParallelReader(const InputFiles& inputs,
                 RecordSink& sink,
                 Progress& progress,
                 const std::stop_token& stop)
      : inputs_(inputs), sink_(sink), progress_(progress), stop_(stop) {}

  Status Run(size_t threads) {
    {
      std::vector<std::jthread> others;
      for (size_t i = 1; i < std::min(threads, inputs_.files.size()); ++i) {
        others.emplace_back([this] { RunThread(); });
      }
      RunThread();
    }
    return turns_.status();
  }

 private:
  void RunThread() {
    WaitingSink sink(sink_, progress_, turns_);
    for (size_t file = next_file_++; file < inputs_.files.size(); file = next_file_++) {
      Status status;
      // The last line before the thread ends: no exception may pass it.
      try {
        status = ReadOne(file, sink);
      } catch (const std::exception& exception) {
        status = Internal(std::string("while reading: ") + exception.what());
      }
      if (!turns_.Wait(file)) {
        return;
      }
      if (!status.has_value()) {
        turns_.Fail(status.error());
        return;
      }
      turns_.Next();
    }
  }

  Status ReadOne(size_t place, WaitingSink& sink) {
    const InputFile& file = inputs_.files[place];
    sink.BeginFile(place);
    KYUJIN_ASSIGN_OR_RETURN(auto opened, OpenByteSource(file.path, file.compression));
    WatchedByteSource bytes(std::move(opened), progress_, stop_);
    TeikyoXmlSource xml;
    JsonlSource jsonl;
    Source& source = file.format == InputFormat::kTeikyoXml ? static_cast<Source&>(xml) : jsonl;
    KYUJIN_RETURN_IF_ERROR(source.Read(bytes, static_cast<uint32_t>(place), sink));
    return sink.Flush();
  }

  const InputFiles& inputs_;
  RecordSink& sink_;
  Progress& progress_;
  const std::stop_token& stop_;
  std::atomic<size_t> next_file_{0};
  Turns turns_;
};

}  // namespace

Status ReadInputs(const InputFiles& inputs,
                  RecordSink& sink,
                  Progress& progress,
                  const std::stop_token& stop,
                  size_t threads) {
  return ParallelReader(inputs, sink, progress, stop).Run(threads);
}

}  // namespace kyujin::indexer
