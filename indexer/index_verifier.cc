#include "indexer/index_verifier.h"

#include <fmt/format.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill and sigdescr_np
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "engine/base/file.h"
#include "engine/index/change_list.h"
#include "engine/index/segment_verifier.h"
#include "engine/index/snapshot.h"
#include "engine/schema/place_resolver.h"

namespace kyujin::indexer {
namespace {

namespace fs = std::filesystem;

// A folder that goes with its owner.
class ScratchFolder {
 public:
  static Result<std::unique_ptr<ScratchFolder>> Create() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "kyujin-verify-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      return SystemError("cannot create", name, errno);
    }
    return std::unique_ptr<ScratchFolder>(new ScratchFolder(name));
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ScratchFolder(ScratchFolder&&) = delete;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

// Checks one generation. Confined to one thread.
class IndexVerifier {
 public:
  IndexVerifier(const index::Snapshot& snapshot, const index::VerifyTools& tools, std::ostream& out)
      : snapshot_(snapshot), tools_(tools), out_(out) {}

  Status Run(const std::stop_token& stop) {
    for (size_t place = 0; place < snapshot_.segments().size(); ++place) {
      if (CheckFiles(snapshot_.manifest().segments[place])) {
        KYUJIN_RETURN_IF_ERROR(CheckSegment(place, stop));
      }
    }
    CheckNumbers();
    CheckChanges();
    for (const std::string& problem : problems_.shown()) {
      out_ << "wrong: " << problem << '\n';
    }
    if (problems_.count() > 0) {
      return Corruption(fmt::format(
          "generation {}: {} things are wrong", snapshot_.generation(), problems_.count()));
    }
    out_ << fmt::format("generation {}: {} postings in {} segments, all as they must be\n",
                        snapshot_.generation(),
                        snapshot_.documents(),
                        snapshot_.segments().size());
    return {};
  }

 private:
  bool CheckFile(const fs::path& path, const index::FileEntry& expected) {
    const Result<uint64_t> checksum = ChecksumFile(path);
    std::error_code error;
    if (checksum.has_value() && *checksum == expected.checksum &&
        fs::file_size(path, error) == expected.size && !error) {
      return true;
    }
    problems_.Add(checksum.has_value() ? path.string() + ": size or checksum is wrong"
                                       : checksum.error().message);
    return false;
  }

  // What has other bytes need not be compared with anything.
  bool CheckFiles(const index::SegmentInfo& info) {
    bool is_good = true;
    for (const index::FileEntry& file : info.files) {
      is_good = CheckFile(snapshot_.directory() / info.name / file.name, file) && is_good;
    }
    if (info.tombstones) {
      is_good =
          CheckFile(snapshot_.directory() / info.tombstones->name, *info.tombstones) && is_good;
    }
    return is_good;
  }

  Status CheckSegment(size_t place, const std::stop_token& stop) {
    const index::SegmentInfo& info = snapshot_.manifest().segments[place];
    const uint64_t before = problems_.count();
    const auto& tombstones = snapshot_.tombstones(place);
    if ((tombstones == nullptr ? 0 : tombstones->count()) != info.dead) {
      problems_.Add(info.name + ": tombstones and manifest count different dead");
    }
    KYUJIN_RETURN_IF_ERROR(
        index::VerifySegment(*snapshot_.segments()[place], info, tools_, stop, &problems_));
    out_ << fmt::format("{}: {} postings, {} dead: {}\n",
                        info.name,
                        info.documents,
                        info.dead,
                        problems_.count() == before ? "good" : "wrong")
         << std::flush;
    return {};
  }

  // Every live number is live once, and the manifest counts them.
  void CheckNumbers() {
    uint64_t live = 0;
    for (size_t place = 0; place < snapshot_.segments().size(); ++place) {
      const auto numbers = snapshot_.segments()[place]->columns().numbers();
      const auto& tombstones = snapshot_.tombstones(place);
      for (DocId doc = 0; doc < numbers.size(); ++doc) {
        if (tombstones != nullptr && tombstones->IsDead(doc)) {
          continue;
        }
        ++live;
        const auto found = snapshot_.Find(schema::PostingNumber::FromValue(numbers[doc]));
        if (!found || found->segment != place || found->doc != doc) {
          problems_.Add(fmt::format("posting {:013} is live more than once", numbers[doc]));
        }
      }
    }
    if (live != snapshot_.documents()) {
      problems_.Add(
          fmt::format("the manifest counts {} postings, {} are live", snapshot_.documents(), live));
    }
  }

  void CheckChanges() {
    const auto& changes = snapshot_.manifest().changes;
    if (!changes || !CheckFile(snapshot_.directory() / changes->name, *changes)) {
      return;
    }
    const auto list = index::ReadChangeList(snapshot_.directory() / changes->name);
    if (!list.has_value()) {
      problems_.Add(list.error().message);
      return;
    }
    for (const index::Change& change : list->changes) {
      const bool is_live =
          snapshot_.Find(schema::PostingNumber::FromValue(change.number)).has_value();
      if (is_live != (change.op != index::ChangeOp::kRemoved)) {
        problems_.Add(fmt::format(
            "{}: posting {:013} is not as the list says", changes->name, change.number));
      }
    }
  }

  const index::Snapshot& snapshot_;
  const index::VerifyTools& tools_;
  std::ostream& out_;
  index::Problems problems_;
};

// The way of the child's answer: one byte of the error's kind, then the message.
void SendStatus(int descriptor, const Status& status) {
  std::string bytes;
  if (!status.has_value()) {
    bytes = static_cast<char>(status.error().code) + status.error().message;
  }
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = ::write(descriptor, bytes.data() + sent, bytes.size() - sent);
    if (count <= 0) {
      return;
    }
    sent += static_cast<size_t>(count);
  }
}

std::string ReadAll(int descriptor) {
  std::string bytes;
  std::array<char, 4096> block{};
  for (;;) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return bytes;
    }
    bytes.append(block.data(), static_cast<size_t>(count));
  }
}

[[noreturn]] void RunAsChild(int descriptor, const std::function<Status()>& work) {
  Status status;
  try {
    status = work();
  } catch (const std::exception& exception) {
    status = Internal(exception.what());
  }
  std::cout << std::flush;
  SendStatus(descriptor, status);
  // Nothing of the parent's may be flushed or ended twice.
  ::_exit(status.has_value() ? 0 : 1);
}

}  // namespace

Status VerifyIndex(const VerifyOptions& options, const std::stop_token& stop, std::ostream& out) {
  KYUJIN_ASSIGN_OR_RETURN(const auto analyzer, text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const auto snapshot,
                          index::Snapshot::Open(options.index, analyzer->version()));
  KYUJIN_ASSIGN_OR_RETURN(const auto scratch, ScratchFolder::Create());
  const schema::PlaceResolver places;
  const schema::PostingDeriver deriver(places);
  index::VerifyTools tools{analyzer, &deriver, scratch->path()};
  if (options.derive_all) {
    tools.derived_documents = UINT32_MAX;
  }
  return IndexVerifier(*snapshot, tools, out).Run(stop);
}

Status RunInChild(const std::function<Status()>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) {
    return Internal("cannot make a pipe: " + std::generic_category().message(errno));
  }
  std::cout << std::flush;
  const pid_t child = ::fork();
  if (child < 0) {
    return Internal("cannot start a process: " + std::generic_category().message(errno));
  }
  if (child == 0) {
    ::close(ends[0]);
    RunAsChild(ends[1], work);
  }
  ::close(ends[1]);
  const std::string answer = ReadAll(ends[0]);
  ::close(ends[0]);
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(state)) {
    return Corruption(fmt::format("the check was ended by signal {} ({}): the files are damaged",
                                  WTERMSIG(state),
                                  ::sigdescr_np(WTERMSIG(state))));
  }
  if (answer.empty()) {
    return WEXITSTATUS(state) == 0 ? Status() : Status(Internal("the check ended without a word"));
  }
  return Error{static_cast<ErrorCode>(answer.front()), answer.substr(1)};
}

}  // namespace kyujin::indexer
