#include "engine/index/position_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/base/coding.h"

namespace kyujin::index {
namespace {

// A run's head: its bytes above the number of its field.
constexpr unsigned kFieldBits = 4;
static_assert(schema::kSearchFieldCount <= 1U << kFieldBits);

// Most words stand one after the word before; other distances are written before the word.
constexpr uint64_t kSamePlace = 0;
constexpr uint64_t kDistance = 1;
constexpr uint64_t kFirstToken = 2;

void AppendWord(std::string* run, uint32_t distance, uint64_t token) {
  if (distance == 0) {
    AppendVarint(run, kSamePlace);
  } else if (distance > 1) {
    AppendVarint(run, kDistance);
    AppendVarint(run, distance);
  }
  AppendVarint(run, token + kFirstToken);
}

// Walks through the words of one run. Confined to one thread.
class RunReader {
 public:
  explicit RunReader(std::string_view run) : reader_(run) {}

  // Returns false at the end of the run, and where it is broken: then failed() says so.
  bool Next() {
    uint64_t distance = 1;
    while (!reader_.empty()) {
      const uint64_t value = Read();
      if (value >= kFirstToken) {
        position_ += distance;
        token_ = value - kFirstToken;
        failed_ = failed_ || position_ > std::numeric_limits<uint32_t>::max();
        return !failed_;
      }
      distance = value == kSamePlace ? 0 : Read();
    }
    return false;
  }

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] uint32_t position() const { return static_cast<uint32_t>(position_); }
  [[nodiscard]] uint64_t token() const { return token_; }

 private:
  uint64_t Read() {
    const auto value = reader_.Varint();
    failed_ = failed_ || !value;
    return value.value_or(0);
  }

  ByteReader reader_;
  uint64_t position_ = 0;
  uint64_t token_ = 0;
  bool failed_ = false;
};

// Calls `read(field, run)` for the runs of a document until one says no. Returns false when the
// bytes are broken.
template <class Read>
bool ForEachRun(std::string_view document, Read&& read) {
  ByteReader reader(document);
  while (!reader.empty()) {
    const auto head = reader.Varint();
    const uint64_t size = head.value_or(0) >> kFieldBits;
    const uint64_t field = head.value_or(0) & ((1U << kFieldBits) - 1);
    if (!head || size > reader.remaining() || field >= schema::kSearchFieldCount) {
      return false;
    }
    const std::string_view run = document.substr(document.size() - reader.remaining(), size);
    if (!read(static_cast<schema::SearchField>(field), run)) {
      return true;
    }
    reader = ByteReader(document.substr(document.size() - reader.remaining() + size));
  }
  return true;
}

void AppendRun(std::string* document, schema::SearchField field, std::string_view run) {
  AppendVarint(document, uint64_t{run.size()} << kFieldBits | static_cast<uint64_t>(field));
  document->append(run);
}

// The tokens of all shards as one table, the most frequent first.
struct JoinedTokens {
  std::vector<std::string_view> by_rank;
  std::vector<uint32_t> sorted;              // ranks, ascending by text
  std::vector<std::vector<uint32_t>> ranks;  // of each shard's tokens
};

JoinedTokens JoinTokens(const std::vector<PositionShard>& shards) {
  std::vector<std::string_view> names;
  for (const PositionShard& shard : shards) {
    names.insert(names.end(), shard.tokens.begin(), shard.tokens.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  JoinedTokens joined;
  std::vector<uint64_t> counts(names.size());
  for (const PositionShard& shard : shards) {
    std::vector<uint32_t>& places = joined.ranks.emplace_back();
    const std::vector<uint64_t>& own_counts = shard.writer->counts();
    for (size_t i = 0; i < shard.tokens.size(); ++i) {
      const auto at = std::lower_bound(names.begin(), names.end(), shard.tokens[i]);
      places.push_back(static_cast<uint32_t>(at - names.begin()));
      counts[places.back()] += i < own_counts.size() ? own_counts[i] : 0;
    }
  }
  std::vector<uint32_t> order(names.size());
  for (uint32_t place = 0; place < order.size(); ++place) {
    order[place] = place;
  }
  std::stable_sort(
      order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  joined.sorted.resize(names.size());
  for (uint32_t rank = 0; rank < order.size(); ++rank) {
    joined.by_rank.push_back(names[order[rank]]);
    joined.sorted[order[rank]] = rank;
  }
  for (std::vector<uint32_t>& places : joined.ranks) {
    for (uint32_t& place : places) {
      place = joined.sorted[place];
    }
  }
  return joined;
}

Status WriteTokens(const JoinedTokens& tokens, ColumnFileWriter* file) {
  std::string bytes;
  std::vector<uint32_t> ends;
  for (const std::string_view token : tokens.by_rank) {
    bytes += token;
    ends.push_back(static_cast<uint32_t>(bytes.size()));
  }
  KYUJIN_RETURN_IF_ERROR(file->AddSection("tokens", bytes));
  KYUJIN_RETURN_IF_ERROR(file->AddValues<uint32_t>("tokens.ends", ends));
  return file->AddValues<uint32_t>("tokens.sorted", tokens.sorted);
}

// Replaces the shard's numbers of tokens by their ranks.
bool Renumber(std::string_view document,
              const std::vector<uint32_t>& ranks,
              std::string* run_buffer,
              std::string* out) {
  bool is_good = true;
  const bool is_whole = ForEachRun(document, [&](schema::SearchField field, std::string_view run) {
    run_buffer->clear();
    RunReader words(run);
    uint32_t before = 0;
    while (words.Next()) {
      AppendWord(run_buffer, words.position() - before, ranks.at(words.token()));
      before = words.position();
    }
    is_good = is_good && !words.failed();
    AppendRun(out, field, *run_buffer);
    return true;
  });
  return is_good && is_whole;
}

// Appends the documents of one shard to the open section and where they end to `ends`.
Status AppendShard(const PositionShard& shard,
                   const std::vector<uint32_t>& ranks,
                   ColumnFileWriter* file,
                   std::vector<uint64_t>* ends) {
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const MappedFile> mapped,
                          MappedFile::Open(shard.writer->path()));
  std::string_view rest = mapped->bytes();
  std::string run;
  std::string document;
  for (const uint32_t size : shard.writer->sizes()) {
    document.clear();
    if (size > rest.size() || !Renumber(rest.substr(0, size), ranks, &run, &document)) {
      return Internal(shard.writer->path().string() +
                      ": what was read back is not what was written");
    }
    rest.remove_prefix(size);
    KYUJIN_RETURN_IF_ERROR(file->AppendToSection(document));
    ends->push_back((ends->empty() ? 0 : ends->back()) + document.size());
  }
  return {};
}

}  // namespace

Status PositionShardWriter::Open() {
  KYUJIN_ASSIGN_OR_RETURN(file_, FileWriter::Create(path_));
  return {};
}

Status PositionShardWriter::Add(const std::vector<PostingWord>& words) {
  document_.clear();
  for (auto at = words.begin(); at != words.end();) {
    const schema::SearchField field = at->field;
    run_.clear();
    uint32_t before = 0;
    for (; at != words.end() && at->field == field; ++at) {
      AppendWord(&run_, at->position - before, at->token);
      before = at->position;
      if (at->token >= counts_.size()) {
        counts_.resize(at->token + size_t{1});
      }
      ++counts_[at->token];
    }
    AppendRun(&document_, field, run_);
  }
  sizes_.push_back(static_cast<uint32_t>(document_.size()));
  return file_->Append(document_);
}

Status PositionShardWriter::Finish() {
  return file_->Finish();
}

Result<WrittenFile> WritePositionFile(const std::filesystem::path& path,
                                      const std::vector<PositionShard>& shards) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<ColumnFileWriter> file,
                          ColumnFileWriter::Create(path));
  const JoinedTokens tokens = JoinTokens(shards);
  KYUJIN_RETURN_IF_ERROR(WriteTokens(tokens, file.get()));
  KYUJIN_RETURN_IF_ERROR(file->BeginSection("words"));
  std::vector<uint64_t> ends;
  for (size_t i = 0; i < shards.size(); ++i) {
    KYUJIN_RETURN_IF_ERROR(AppendShard(shards[i], tokens.ranks[i], file.get(), &ends));
  }
  file->EndSection();
  KYUJIN_RETURN_IF_ERROR(file->AddValues<uint64_t>("words.ends", ends));
  KYUJIN_RETURN_IF_ERROR(file->Finish(static_cast<uint32_t>(ends.size())));
  return WrittenFile{file->size(), file->checksum()};
}

Result<std::unique_ptr<const PositionFile>> PositionFile::Open(const std::filesystem::path& path) {
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<const ColumnFile> columns, ColumnFile::Open(path));
  std::unique_ptr<PositionFile> file(new PositionFile(std::move(columns)));
  KYUJIN_RETURN_IF_ERROR(file->Bind());
  return std::unique_ptr<const PositionFile>(std::move(file));
}

Status PositionFile::Bind() {
  KYUJIN_ASSIGN_OR_RETURN(const std::string_view ends, file_->Section("tokens.ends"));
  const size_t count = ends.size() / sizeof(uint32_t);
  KYUJIN_ASSIGN_OR_RETURN(token_ends_, file_->Values<uint32_t>("tokens.ends", count));
  KYUJIN_ASSIGN_OR_RETURN(sorted_, file_->Values<uint32_t>("tokens.sorted", count));
  KYUJIN_ASSIGN_OR_RETURN(token_bytes_, file_->Section("tokens"));
  KYUJIN_ASSIGN_OR_RETURN(ends_, file_->Values<uint64_t>("words.ends", documents()));
  KYUJIN_ASSIGN_OR_RETURN(words_, file_->Section("words"));
  // With these in order no token and no document reaches past its section.
  if (!std::is_sorted(token_ends_.begin(), token_ends_.end()) ||
      (count > 0 && token_ends_.back() != token_bytes_.size())) {
    return file_->Disordered("tokens.ends");
  }
  if (std::any_of(sorted_.begin(), sorted_.end(), [&](uint32_t rank) { return rank >= count; })) {
    return file_->Disordered("tokens.sorted");
  }
  return {};
}

std::string_view PositionFile::Token(uint32_t rank) const {
  const uint32_t begin = rank == 0 ? 0 : token_ends_[rank - 1];
  return token_bytes_.substr(begin, token_ends_[rank] - begin);
}

std::optional<uint32_t> PositionFile::FindToken(std::string_view token) const {
  const auto found = std::lower_bound(
      sorted_.begin(), sorted_.end(), token, [this](uint32_t rank, std::string_view wanted) {
        return Token(rank) < wanted;
      });
  return found != sorted_.end() && Token(*found) == token ? std::optional(*found) : std::nullopt;
}

Result<std::string_view> PositionFile::Document(DocId doc) const {
  const uint64_t begin = doc == 0 ? 0 : ends_[doc - 1];
  const uint64_t end = ends_[doc];
  if (begin > end || end > words_.size()) {
    return Broken(doc);
  }
  return words_.substr(begin, end - begin);
}

Status PositionFile::ReadPositions(DocId doc,
                                   schema::SearchField field,
                                   uint32_t rank,
                                   std::vector<uint32_t>* positions) const {
  positions->clear();
  KYUJIN_ASSIGN_OR_RETURN(const std::string_view document, Document(doc));
  bool is_good = true;
  const bool is_whole =
      ForEachRun(document, [&](schema::SearchField run_field, std::string_view run) {
        if (run_field != field) {
          return run_field < field;
        }
        RunReader words(run);
        while (words.Next()) {
          if (words.token() == rank) {
            positions->push_back(words.position());
          }
        }
        is_good = !words.failed();
        return false;
      });
  return is_good && is_whole ? Status() : Status(Broken(doc));
}

Status PositionFile::ReadWords(DocId doc, std::vector<PostingWord>* words) const {
  words->clear();
  KYUJIN_ASSIGN_OR_RETURN(const std::string_view document, Document(doc));
  bool is_good = true;
  const bool is_whole = ForEachRun(document, [&](schema::SearchField field, std::string_view run) {
    RunReader reader(run);
    while (reader.Next()) {
      is_good = is_good && reader.token() < tokens();
      words->push_back({field, reader.position(), static_cast<uint32_t>(reader.token())});
    }
    is_good = is_good && !reader.failed();
    return true;
  });
  return is_good && is_whole ? Status() : Status(Broken(doc));
}

Error PositionFile::Broken(DocId doc) const {
  return file_->Broken(fmt::format("the words of document {} are broken", doc));
}

}  // namespace kyujin::index
