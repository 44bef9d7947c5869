#include "bench/corpus/corpus_writer.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace kyujin::corpus {
namespace {

constexpr unsigned kMaxThreads = 4;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error CannotWrite(const std::string& path, int error) {
  return Internal("cannot write " + path + ": " + std::generic_category().message(error));
}

Status WriteFile(const std::string& path, const std::string& content) {
  std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "wb"));
  if (file == nullptr) {
    return CannotWrite(path, errno);
  }
  if (std::fwrite(content.data(), 1, content.size(), file.get()) != content.size()) {
    return CannotWrite(path, errno);
  }
  // Closing flushes: a full disk may show only here.
  if (std::fclose(file.release()) != 0) {
    return CannotWrite(path, errno);
  }
  return {};
}

// Pages are handed out one by one to the threads; the first error stops all.
class PageQueue {
 public:
  PageQueue(const CorpusOptions& options, std::string folder)
      : options_(options),
        folder_(std::move(folder)),
        pages_((options.count + kRecordsPerPage - 1) / kRecordsPerPage) {}

  [[nodiscard]] uint64_t pages() const { return pages_; }

  // Runs until no page is left. Called by every thread.
  void Work() {
    PostingGenerator generator(options_);
    std::string content;
    for (uint64_t page = next_++; page < pages_; page = next_++) {
      content.clear();
      AppendPage(generator, options_, page, content);
      const Status status = WriteFile(folder_ + std::to_string(page + 1) + ".xml", content);
      const std::scoped_lock lock(mutex_);
      bytes_ += content.size();
      if (!status.has_value()) {
        error_ = status.error();
        next_ = pages_;
      }
    }
  }

  // Requires: every thread has finished.
  [[nodiscard]] Result<CorpusSummary> Finish() const {
    if (error_.has_value()) {
      return *error_;
    }
    return CorpusSummary{pages_, bytes_};
  }

 private:
  const CorpusOptions options_;
  const std::string folder_;
  const uint64_t pages_;
  std::atomic<uint64_t> next_ = 0;
  std::mutex mutex_;
  uint64_t bytes_ = 0;
  std::optional<Error> error_;
};

Status RemoveLaterPages(const std::string& folder, uint64_t pages) {
  std::error_code error;
  for (uint64_t page = pages + 1;; ++page) {
    const std::string path = folder + std::to_string(page) + ".xml";
    if (!std::filesystem::remove(path, error)) {
      break;
    }
  }
  return error ? Status(Internal("cannot remove old pages in " + folder + ": " + error.message()))
               : Status();
}

}  // namespace

void AppendPage(PostingGenerator& generator,
                const CorpusOptions& options,
                uint64_t page,
                std::string& out) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>\n";
  const uint64_t end = std::min(options.count, (page + 1) * kRecordsPerPage);
  for (uint64_t i = page * kRecordsPerPage; i < end; ++i) {
    generator.Append(i, out);
  }
  out += "</kyujin></root>\n";
}

Result<CorpusSummary> WriteCorpus(const CorpusOptions& options, const std::string& directory) {
  const std::string folder = directory + "/M100/";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return Internal("cannot make the folder " + folder + ": " + error.message());
  }
  PageQueue queue(options, folder);
  KYUJIN_RETURN_IF_ERROR(RemoveLaterPages(folder, queue.pages()));
  const auto useful = static_cast<unsigned>(std::min<uint64_t>(queue.pages(), kMaxThreads));
  const unsigned count = std::min(std::max(1U, std::thread::hardware_concurrency()), useful);
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < count; ++i) {
      threads.emplace_back([&queue] { queue.Work(); });
    }
    queue.Work();
  }
  return queue.Finish();
}

}  // namespace kyujin::corpus
