#include "engine/index/text_index.h"

#include <fcntl.h>
#include <xapian.h>

#include <cerrno>
#include <functional>
#include <new>
#include <set>
#include <utility>

#include "engine/base/file.h"

namespace kyujin::index {
namespace {

// A shard is private until it is compacted and thrown away on any failure, so it needs neither
// syncs nor old blocks; no reader ever asks for the terms of a document, so there is no termlist.
constexpr int kShardFlags =
    Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST;

// Xapian would write out after every 10,000 documents, whatever their size, and each time touch
// blocks all over the tree. Inside a transaction it waits, so we decide by occurrences, which take
// some 50 bytes each in memory.
constexpr size_t kOccurrencesPerFlush = size_t{8} << 20;

// Runs `work` and turns what Xapian throws into an error that names the file.
template <class Work>
auto Guarded(const std::filesystem::path& path, ErrorCode code, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    return Error{code, path.string() + ": " + error.get_description()};
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::kResourceExhausted, path.string() + ": out of memory"};
  }
}

Xapian::docid ToXapian(DocId doc) {
  return doc + 1;
}
DocId FromXapian(Xapian::docid doc) {
  return doc - 1;
}

}  // namespace

struct TextShardWriter::Impl {
  std::filesystem::path path;
  Xapian::WritableDatabase database;
  size_t buffered_occurrences = 0;

  void Flush() {
    database.commit_transaction();
    database.commit();
    buffered_occurrences = 0;
  }
};

TextShardWriter::TextShardWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TextShardWriter::~TextShardWriter() {
  // The destructor of a database commits and swallows what goes wrong; a shard that was not
  // finished is rubbish anyway.
  try {
    impl_.reset();
  } catch (...) {  // NOLINT(bugprone-empty-catch): see above
  }
}

Result<std::unique_ptr<TextShardWriter>> TextShardWriter::Create(
    const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kInternal, [&]() -> Result<std::unique_ptr<TextShardWriter>> {
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->database = Xapian::WritableDatabase(path.string(), kShardFlags);
    impl->database.begin_transaction(false);
    return std::unique_ptr<TextShardWriter>(new TextShardWriter(std::move(impl)));
  });
}

Status TextShardWriter::Add(const std::vector<TermOccurrence>& terms) {
  return Guarded(impl_->path, ErrorCode::kInternal, [&]() -> Status {
    Xapian::Document document;
    for (const TermOccurrence& occurrence : terms) {
      document.add_posting(occurrence.term, occurrence.position);
    }
    impl_->database.add_document(document);
    impl_->buffered_occurrences += terms.size();
    if (impl_->buffered_occurrences >= kOccurrencesPerFlush) {
      impl_->Flush();
      impl_->database.begin_transaction(false);
    }
    return {};
  });
}

Status TextShardWriter::Finish() {
  return Guarded(impl_->path, ErrorCode::kInternal, [&]() -> Status {
    impl_->Flush();
    impl_->database.close();
    return {};
  });
}

Status CompactText(const std::vector<std::filesystem::path>& shards,
                   const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kInternal, [&]() -> Status {
    Xapian::Database joined;
    for (const std::filesystem::path& shard : shards) {
      joined.add_database(Xapian::Database(shard.string()));
    }
    joined.compact(path.string(), Xapian::DBCOMPACT_SINGLE_FILE);
    return {};
  });
}

struct TextReader::Impl {
  std::filesystem::path path;
  Xapian::Database database;
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
    return std::unique_ptr<TextReader>(new TextReader(std::move(impl)));
  });
}

Status TextReader::ReadPostings(std::string_view term, std::vector<Posting>* postings) {
  postings->clear();
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const std::string name(term);
    postings->reserve(impl_->database.get_termfreq(name));
    const Xapian::PostingIterator end = impl_->database.postlist_end(name);
    for (Xapian::PostingIterator at = impl_->database.postlist_begin(name); at != end; ++at) {
      postings->push_back({FromXapian(*at), at.get_wdf()});
    }
    return {};
  });
}

Status TextReader::ReadPositions(std::string_view term,
                                 DocId doc,
                                 std::vector<uint32_t>* positions) {
  positions->clear();
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const std::string name(term);
    const Xapian::PositionIterator end = impl_->database.positionlist_end(ToXapian(doc), name);
    for (Xapian::PositionIterator at = impl_->database.positionlist_begin(ToXapian(doc), name);
         at != end;
         ++at) {
      positions->push_back(*at);
    }
    return {};
  });
}

Result<uint32_t> TextReader::Frequency(std::string_view term, DocId doc) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Result<uint32_t> {
    const std::string name(term);
    Xapian::PostingIterator at = impl_->database.postlist_begin(name);
    const Xapian::PostingIterator end = impl_->database.postlist_end(name);
    if (at == end) {
      return 0;
    }
    at.skip_to(ToXapian(doc));
    return at != end && *at == ToXapian(doc) ? at.get_wdf() : 0;
  });
}

Result<uint32_t> TextReader::DocumentFrequency(std::string_view term) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Result<uint32_t> {
    return impl_->database.get_termfreq(std::string(term));
  });
}

Result<std::vector<std::string>> TextReader::MostFrequentTerms(std::string_view prefix,
                                                               size_t count) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Result<std::vector<std::string>> {
    std::set<std::pair<uint32_t, std::string>> most;
    const Xapian::TermIterator end = impl_->database.allterms_end(std::string(prefix));
    for (Xapian::TermIterator at = impl_->database.allterms_begin(std::string(prefix)); at != end;
         ++at) {
      const uint32_t frequency = at.get_termfreq();
      if (most.size() < count || frequency > most.begin()->first) {
        most.emplace(frequency, *at);
      }
      if (most.size() > count) {
        most.erase(most.begin());
      }
    }
    std::vector<std::string> terms;
    for (auto at = most.rbegin(); at != most.rend(); ++at) {
      terms.push_back(at->second);
    }
    return terms;
  });
}

Result<uint32_t> TextReader::Documents() {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Result<uint32_t> {
    return impl_->database.get_doccount();
  });
}

}  // namespace kyujin::index
