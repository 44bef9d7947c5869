#include "engine/index/text_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "engine/base/coding.h"
#include "engine/base/file.h"
#include "engine/index/format.h"
#include "engine/index/xapian_error.h"

namespace kyujin::index {

struct TextReader::Impl {
  std::filesystem::path path;
  Xapian::Database database;
  uint32_t documents = 0;
  std::string block;  // of the call under way

  // The first block of a kind whose key is not before `key`.
  [[nodiscard]] Xapian::TermIterator Seek(BlockKind kind, const std::string& key) const {
    Xapian::TermIterator at = database.metadata_keys_begin(std::string(1, static_cast<char>(kind)));
    if (at != database.metadata_keys_end()) {
      at.skip_to(key);
    }
    return at;
  }
};

TextReader::TextReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TextReader::~TextReader() = default;

Result<std::unique_ptr<TextReader>> TextReader::Open(const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kCorruption, [&]() -> Result<std::unique_ptr<TextReader>> {
    // By descriptor, because only so the file is taken for what it must be: by name, glass wants a
    // folder, and what is no database at all may be read as a list of databases elsewhere.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      const int error_number = errno;
      Error error = SystemError("cannot open", path, error_number);
      error.code = error_number == ENOENT ? ErrorCode::kNotFound : error.code;
      return error;
    }
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->database = Xapian::Database(descriptor, Xapian::DB_BACKEND_GLASS);  // closes it
    const std::string count = impl->database.get_metadata(std::string(kDocumentsKey));
    const auto documents = ByteReader(count).Varint();
    if (!documents || *documents > std::numeric_limits<uint32_t>::max()) {
      return Corruption(path.string() + ": does not say how many documents it has");
    }
    impl->documents = static_cast<uint32_t>(*documents);
    return std::unique_ptr<TextReader>(new TextReader(std::move(impl)));
  });
}

uint32_t TextReader::documents() const {
  return impl_->documents;
}

Status TextReader::ReadPostings(std::string_view term, std::vector<Posting>* postings) {
  postings->clear();
  uint32_t total = 0;
  const auto append = [&](const std::string& /*key*/, const std::string& block) -> Result<bool> {
    TermBlockReader runs(block);
    if (!runs.SkipTo(term)) {
      return runs.failed() ? Result<bool>(Broken(term)) : false;
    }
    KYUJIN_RETURN_IF_ERROR(AppendRun(term, runs.run(), &total, postings));
    return postings->size() < total;
  };
  KYUJIN_RETURN_IF_ERROR(
      ForEachBlock(BlockKind::kPostings, BlockKey(BlockKind::kPostings, term, 0), append));
  return postings->size() == total ? Status() : Status(Broken(term));
}

Status TextReader::AppendRun(std::string_view term,
                             const TermRun& run,
                             uint32_t* total,
                             std::vector<Posting>* postings) const {
  if (run.first == 0) {
    KYUJIN_ASSIGN_OR_RETURN(*total, TotalOf(term, run));
    postings->reserve(*total);
  }
  const size_t before = postings->size();
  const bool is_read = run.first == before && index::ReadPostings(run, postings);
  const bool goes_on =
      is_read && (before == 0 || (*postings)[before - 1].doc < (*postings)[before].doc);
  return goes_on && postings->back().doc < impl_->documents ? Status() : Status(Broken(term));
}

Result<bool> TextReader::ReadBlock(BlockKind kind, const std::string& key, std::string* block) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Result<bool> {
    const Xapian::TermIterator at = impl_->Seek(kind, key);
    if (at == impl_->database.metadata_keys_end()) {
      return false;
    }
    *block = impl_->database.get_metadata(*at);
    return true;
  });
}

Status TextReader::ForEachBlock(BlockKind kind,
                                const std::string& from,
                                const BlockVisitor& visit) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const Xapian::TermIterator end = impl_->database.metadata_keys_end();
    for (auto at = impl_->Seek(kind, from); at != end; ++at) {
      const std::string key = *at;
      KYUJIN_ASSIGN_OR_RETURN(const bool goes_on, visit(key, impl_->database.get_metadata(key)));
      if (!goes_on) {
        break;
      }
    }
    return {};
  });
}

Result<std::optional<TermRun>> TextReader::FindRun(std::string_view term, DocId doc) {
  KYUJIN_ASSIGN_OR_RETURN(
      const bool has_block,
      ReadBlock(BlockKind::kPostings, BlockKey(BlockKind::kPostings, term, doc), &impl_->block));
  if (!has_block) {
    return std::optional<TermRun>();
  }
  TermBlockReader runs(impl_->block);
  if (runs.SkipTo(term)) {
    return std::optional(runs.run());
  }
  return runs.failed() ? Result<std::optional<TermRun>>(Broken(term)) : std::optional<TermRun>();
}

Result<uint32_t> TextReader::Frequency(std::string_view term, DocId doc) {
  KYUJIN_ASSIGN_OR_RETURN(const auto run, FindRun(term, doc));
  if (!run) {
    return 0;
  }
  std::vector<Posting> postings;
  if (!index::ReadPostings(*run, &postings)) {
    return Broken(term);
  }
  const auto found =
      std::lower_bound(postings.begin(), postings.end(), doc, [](const Posting& posting, DocId of) {
        return posting.doc < of;
      });
  return found != postings.end() && found->doc == doc ? found->frequency : 0;
}

Result<uint32_t> TextReader::DocumentFrequency(std::string_view term) {
  KYUJIN_ASSIGN_OR_RETURN(const auto run, FindRun(term, 0));
  return run ? TotalOf(term, *run) : 0;
}

Result<uint32_t> TextReader::TotalOf(std::string_view term, const TermRun& run) const {
  const auto total = PostingTotal(run);
  return total && *total <= impl_->documents ? Result<uint32_t>(*total) : Broken(term);
}

Status TextReader::ForEachTerm(std::string_view prefix, const TermVisitor& visit) {
  return ForEachBlock(BlockKind::kPostings,
                      BlockKey(BlockKind::kPostings, prefix, 0),
                      [&](const std::string& /*key*/, const std::string& block) -> Result<bool> {
                        TermBlockReader runs(block);
                        while (runs.Next()) {
                          if (runs.term() < prefix || runs.run().first != 0) {
                            continue;
                          }
                          if (!runs.term().starts_with(prefix)) {
                            return false;
                          }
                          KYUJIN_ASSIGN_OR_RETURN(const uint32_t total,
                                                  TotalOf(runs.term(), runs.run()));
                          KYUJIN_RETURN_IF_ERROR(visit(runs.term(), total));
                        }
                        return runs.failed() ? Result<bool>(Broken(runs.term())) : true;
                      });
}

Result<std::vector<std::string>> TextReader::MostFrequentTerms(std::string_view prefix,
                                                               size_t count) {
  // Most documents first. Terms come in order: an equal one that comes later stays behind.
  std::multimap<uint32_t, std::string, std::greater<>> most;
  KYUJIN_RETURN_IF_ERROR(
      ForEachTerm(prefix, [&](std::string_view term, uint32_t documents) -> Status {
        most.emplace(documents, term);
        if (most.size() > count) {
          most.erase(std::prev(most.end()));
        }
        return {};
      }));
  std::vector<std::string> terms;
  for (auto& [documents, term] : most) {
    terms.push_back(std::move(term));
  }
  return terms;
}

const std::filesystem::path& TextReader::path() const {
  return impl_->path;
}

Error TextReader::Broken(std::string_view term) const {
  return Corruption(fmt::format("{}: the postings of '{}' are broken", path().string(), term));
}

Status CheckTextStructure(const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kCorruption, [&]() -> Status {
    const size_t errors = Xapian::Database::check(path.string(), 0, nullptr);
    return errors == 0 ? Status() : Status(Corruption(path.string() + ": broken blocks or trees"));
  });
}

}  // namespace kyujin::index
