#include "engine/index/text_writer.h"

#include <xapian.h>

#include <string>

#include "engine/base/coding.h"
#include "engine/index/format.h"
#include "engine/index/term_runs.h"
#include "engine/index/xapian_error.h"

namespace kyujin::index {
namespace {

// What is made on the way is private until it is joined and thrown away on any failure, so it needs
// neither syncs nor old blocks.
constexpr int kScratchFlags =
    Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST;

// A database of metadata alone. Keys have to ascend, so that its tree is filled page by page.
class BlockDatabase {
 public:
  explicit BlockDatabase(const std::filesystem::path& path)
      : path_(path), database_(path.string(), kScratchFlags) {}

  void Add(const std::string& key, const std::string& bytes) { database_.set_metadata(key, bytes); }
  void Finish() {
    database_.commit();
    database_.close();
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Xapian::WritableDatabase database_;
};

}  // namespace

Status WriteTextFile(std::span<const TextShard> shards,
                     const std::filesystem::path& scratch,
                     const std::filesystem::path& path) {
  return Guarded(path, ErrorCode::kInternal, [&]() -> Status {
    std::vector<TermRunFile> files;
    DocId documents = 0;
    for (const TextShard& shard : shards) {
      for (const ScratchFile& file : shard.runs) {
        files.push_back({file, documents});
      }
      documents += shard.documents;
    }
    // Blocks of both kinds come in turn.
    BlockDatabase positions(scratch / "positions");
    BlockDatabase postings(scratch / "postings");
    std::string count;
    AppendVarint(&count, documents);
    postings.Add(std::string(kDocumentsKey), count);
    KYUJIN_RETURN_IF_ERROR(
        MergeTermRuns(files, [&](BlockKind kind, const TermBlockBuilder::Block& block) -> Status {
          (kind == BlockKind::kPostings ? postings : positions).Add(block.key, block.bytes);
          return {};
        }));
    Xapian::Database joined;
    for (BlockDatabase* database : {&positions, &postings}) {
      database->Finish();
      joined.add_database(Xapian::Database(database->path().string()));
    }
    joined.compact(path.string(), Xapian::DBCOMPACT_SINGLE_FILE);
    return {};
  });
}

}  // namespace kyujin::index
