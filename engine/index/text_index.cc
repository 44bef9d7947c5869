#include "engine/index/text_index.h"

#include <fcntl.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <new>
#include <set>
#include <utility>

#include "engine/base/file.h"
#include "engine/index/position_runs.h"

namespace kyujin::index {
namespace {

// A shard is private until it is compacted and thrown away on any failure, so it needs neither
// syncs nor old blocks; no reader ever asks for the terms of a document, so there is no termlist.
constexpr int kShardFlags =
    Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST;

// Xapian holds what is not written yet in a tree by term, and the larger the tree, the longer each
// posting takes; and what is added to a database that is written already reads and writes all of it
// again. So there are many small databases, joined level by level. Joining keeps their chunks of
// posting lists as they are: smaller ones would make a larger file.
constexpr uint64_t kMostPostings = 300'000;
constexpr uint64_t kLeastPostings = 50'000;
constexpr uint64_t kPostingBytes = 160;  // in that tree
constexpr size_t kDatabasesPerJoin = 48;

// What the positions of one shard take in memory.
constexpr uint64_t kMostPositionBytes = uint64_t{48} << 20;

// Runs `work` and turns what Xapian throws into an error that names the file.
template <class Work>
auto Guarded(const std::filesystem::path& path, ErrorCode code, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    return Error{code, path.string() + ": " + error.get_description()};
  } catch (const std::filesystem::filesystem_error& error) {
    return Error{code, error.what()};
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

namespace {

// Joins databases, in order, into `path`, a single file or a folder.
void Join(const std::vector<std::filesystem::path>& databases,
          const std::filesystem::path& path,
          unsigned flags) {
  Xapian::Database joined;
  for (const std::filesystem::path& database : databases) {
    joined.add_database(Xapian::Database(database.string()));
  }
  joined.compact(path.string(), flags);
}

// Merges the shards' positions into blocks, kept in a database of their own without documents.
Status WritePositions(std::span<const TextShard> shards, const std::filesystem::path& path) {
  std::vector<PositionRunFile> files;
  DocId base = 0;
  for (const TextShard& shard : shards) {
    for (const std::filesystem::path& file : shard.positions) {
      files.push_back({file, base});
    }
    base += shard.documents;
  }
  Xapian::WritableDatabase database(path.string(), kShardFlags);
  KYUJIN_RETURN_IF_ERROR(
      MergePositionRuns(files, [&](const PositionBlockBuilder::Block& block) -> Status {
        database.set_metadata(block.key, block.bytes);
        return {};
      }));
  database.commit();
  database.close();
  return {};
}

}  // namespace

struct TextShardWriter::Impl {
  Impl(std::filesystem::path folder, uint64_t memory)
      : path(std::move(folder)),
        postings_per_database(
            std::clamp(memory / 4 * 3 / kPostingBytes, kLeastPostings, kMostPostings)),
        positions(path, std::min(memory / 4, kMostPositionBytes)) {}

  std::filesystem::path path;
  uint64_t postings_per_database;
  PositionRunWriter positions;
  // Finished databases by how often they were joined; those of higher levels come first.
  std::vector<std::vector<std::filesystem::path>> levels{1};
  std::vector<std::filesystem::path> finished;
  size_t names = 0;  // given to databases so far
  std::filesystem::path current;
  Xapian::WritableDatabase database;
  Xapian::Document document;
  size_t postings = 0;  // in the current database
  DocId documents = 0;  // before the one that is being added

  std::filesystem::path NextPath() { return path / std::to_string(names++); }

  void Begin() {
    current = NextPath();
    database = Xapian::WritableDatabase(current.string(), kShardFlags);
    // Outside of a transaction Xapian would write out after every 10,000 documents.
    database.begin_transaction(false);
    postings = 0;
  }

  void End() {
    database.commit_transaction();
    database.commit();
    database.close();
    levels[0].push_back(current);
    for (size_t level = 0; levels[level].size() == kDatabasesPerJoin; ++level) {
      if (level + 1 == levels.size()) {
        levels.emplace_back();
      }
      JoinLevel(level, &levels[level + 1]);
    }
  }

  void Finish() {
    End();
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
      finished.insert(finished.end(), level->begin(), level->end());
    }
  }

  void JoinLevel(size_t level, std::vector<std::filesystem::path>* target) {
    const std::filesystem::path joined = NextPath();
    Join(levels[level], joined, 0);
    target->push_back(joined);
    for (const std::filesystem::path& part : levels[level]) {
      std::filesystem::remove_all(part);
    }
    levels[level].clear();
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

Result<std::unique_ptr<TextShardWriter>> TextShardWriter::Create(const std::filesystem::path& path,
                                                                 uint64_t memory) {
  return Guarded(path, ErrorCode::kInternal, [&]() -> Result<std::unique_ptr<TextShardWriter>> {
    std::error_code error;
    if (!std::filesystem::create_directory(path, error)) {
      return SystemError("cannot create", path, error ? error.value() : EEXIST);
    }
    auto impl = std::make_unique<Impl>(path, memory);
    impl->Begin();
    return std::unique_ptr<TextShardWriter>(new TextShardWriter(std::move(impl)));
  });
}

uint32_t TextShardWriter::NumberTerm(std::string_view term) {
  return impl_->positions.AddTerm(term);
}

Status TextShardWriter::AddTerm(uint32_t term, std::span<const uint32_t> positions) {
  return Guarded(impl_->path, ErrorCode::kInternal, [&]() -> Status {
    impl_->document.add_term(impl_->positions.term(term),
                             static_cast<Xapian::termcount>(positions.size()));
    ++impl_->postings;
    return impl_->positions.Add(term, impl_->documents, positions);
  });
}

Status TextShardWriter::EndDocument() {
  return Guarded(impl_->path, ErrorCode::kInternal, [&]() -> Status {
    impl_->database.add_document(impl_->document);
    impl_->document.clear_terms();
    ++impl_->documents;
    if (impl_->postings >= impl_->postings_per_database) {
      impl_->End();
      impl_->Begin();
    }
    return {};
  });
}

Result<TextShard> TextShardWriter::Finish() {
  return Guarded(impl_->path, ErrorCode::kInternal, [&]() -> Result<TextShard> {
    impl_->Finish();
    KYUJIN_RETURN_IF_ERROR(impl_->positions.Finish());
    return TextShard{impl_->finished, impl_->positions.files(), impl_->documents};
  });
}

Status CompactText(std::span<const TextShard> shards, const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kInternal, [&]() -> Status {
    std::vector<std::filesystem::path> databases;
    for (const TextShard& shard : shards) {
      databases.insert(databases.end(), shard.databases.begin(), shard.databases.end());
    }
    databases.push_back(databases.front().parent_path() / "positions");
    KYUJIN_RETURN_IF_ERROR(WritePositions(shards, databases.back()));
    Join(databases, path, Xapian::DBCOMPACT_SINGLE_FILE);
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

Status TextReader::ReadPositionBlock(const std::string& key, std::string* block) {
  block->clear();
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    Xapian::TermIterator at = impl_->database.metadata_keys_begin();
    at.skip_to(key);
    if (at == impl_->database.metadata_keys_end()) {
      return Corruption(impl_->path.string() + ": a block of positions is missing");
    }
    *block = impl_->database.get_metadata(*at);
    return {};
  });
}

Status TextReader::ForEachPositionBlock(
    const std::function<Status(const std::string& key, const std::string& block)>& visit) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const Xapian::TermIterator end = impl_->database.metadata_keys_end();
    for (Xapian::TermIterator at = impl_->database.metadata_keys_begin(); at != end; ++at) {
      KYUJIN_RETURN_IF_ERROR(visit(*at, impl_->database.get_metadata(*at)));
    }
    return {};
  });
}

const std::filesystem::path& TextReader::path() const {
  return impl_->path;
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

Status TextReader::EachTerm(const std::function<void(std::string_view)>& visit) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const Xapian::TermIterator end = impl_->database.allterms_end();
    for (Xapian::TermIterator at = impl_->database.allterms_begin(); at != end; ++at) {
      visit(*at);
    }
    return {};
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

Status TextReader::ForEachTerm(const std::function<Status(const std::string& term)>& visit) {
  return Guarded(impl_->path, ErrorCode::kCorruption, [&]() -> Status {
    const Xapian::TermIterator end = impl_->database.allterms_end();
    for (Xapian::TermIterator at = impl_->database.allterms_begin(); at != end; ++at) {
      KYUJIN_RETURN_IF_ERROR(visit(*at));
    }
    return {};
  });
}

Status CheckTextStructure(const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kCorruption, [&]() -> Status {
    const size_t errors = Xapian::Database::check(path.string(), 0, nullptr);
    return errors == 0 ? Status() : Status(Corruption(path.string() + ": broken blocks or trees"));
  });
}

}  // namespace kyujin::index
