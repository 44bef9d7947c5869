#include "tests/testing/index_actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/index/change_list.h"
#include "engine/index/format.h"
#include "engine/index/index_publisher.h"
#include "engine/index/segment_writer.h"
#include "engine/index/snapshot.h"
#include "engine/index/text_reader.h"
#include "engine/schema/posting_number.h"
#include "engine/schema/posting_version.h"
#include "indexer/apply_pipeline.h"
#include "indexer/input_files.h"
#include "indexer/merge_pipeline.h"
#include "indexer/progress.h"

namespace kyujin::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAsOf = "2026-11-22T05:10:00+09:00";

// Bytes from memory. Confined to one thread.
class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  Result<size_t> Read(std::span<char> buffer) override {
    const size_t count = std::min(buffer.size(), text_.size() - at_);
    std::memcpy(buffer.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }
  [[nodiscard]] uint64_t file_position() const override { return at_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

Status CheckFile(const fs::path& path, const index::FileEntry& file) {
  KYUJIN_ASSIGN_OR_RETURN(const uint64_t checksum, ChecksumFile(path));
  return checksum == file.checksum ? Status() : Corruption(path.string() + ": other bytes");
}

Status CheckFiles(const index::Snapshot& snapshot) {
  for (const index::SegmentInfo& segment : snapshot.manifest().segments) {
    const fs::path folder = snapshot.directory() / segment.name;
    for (const index::FileEntry& file : segment.files) {
      KYUJIN_RETURN_IF_ERROR(CheckFile(folder / file.name, file));
    }
    if (segment.tombstones) {
      KYUJIN_RETURN_IF_ERROR(
          CheckFile(snapshot.directory() / segment.tombstones->name, *segment.tombstones));
    }
  }
  const index::Manifest& manifest = snapshot.manifest();
  for (uint64_t g = manifest.changes_from; g <= manifest.generation; ++g) {
    KYUJIN_ASSIGN_OR_RETURN(const auto list,
                            index::ReadChangeList(snapshot.directory() / index::ChangeFileName(g)));
    if (list.generation != g || list.index_id != manifest.index_id) {
      return Corruption(index::ChangeFileName(g) + " is another generation's");
    }
  }
  return {};
}

Status ReadSegment(const index::Snapshot& snapshot, uint32_t place, IndexState* state) {
  const index::Segment& segment = *snapshot.segments()[place];
  KYUJIN_ASSIGN_OR_RETURN(const auto text, index::TextReader::Open(segment.text_path()));
  const uint32_t documents = text->documents();
  if (documents != segment.documents()) {
    return Corruption(segment.text_path().string() + ": other documents");
  }
  const auto& dead = snapshot.tombstones(place);
  for (DocId doc = 0; doc < documents; ++doc) {
    KYUJIN_ASSIGN_OR_RETURN(const auto posting, snapshot.ReadPosting({place, doc}));
    if (posting.number.value() != segment.columns().numbers()[doc] ||
        schema::ContentHash(posting.feed) != segment.columns().content_hashes()[doc]) {
      return Corruption(fmt::format("card {} is another posting's", doc));
    }
    const bool is_live = dead == nullptr || !dead->IsDead(doc);
    if (is_live &&
        !state->contents.emplace(posting.number.value(), segment.columns().content_hashes()[doc])
             .second) {
      return Corruption(posting.number.ToString() + " lives twice");
    }
  }
  return {};
}

}  // namespace

Result<IndexState> ReadVerified(const fs::path& index, std::string_view analyzer_version) {
  KYUJIN_ASSIGN_OR_RETURN(const auto snapshot, index::Snapshot::Open(index, analyzer_version));
  KYUJIN_RETURN_IF_ERROR(CheckFiles(*snapshot));
  IndexState state{snapshot->generation(), {}};
  for (uint32_t place = 0; place < snapshot->segments().size(); ++place) {
    KYUJIN_RETURN_IF_ERROR(ReadSegment(*snapshot, place, &state));
  }
  if (state.contents.size() != snapshot->documents()) {
    return Corruption("the manifest counts other documents");
  }
  return state;
}

std::set<std::string> Rubbish(const fs::path& index) {
  std::set<std::string> named{"CURRENT", "writer.lock", "rejects.jsonl"};
  std::set<std::string> found;
  const auto current = index::ReadCurrent(index);
  for (const auto& entry : fs::directory_iterator(index)) {
    const std::string name = entry.path().filename().string();
    found.insert(name);
    if (!name.starts_with("manifest-") || !name.ends_with(".json")) {
      continue;
    }
    const auto text = ReadFile(entry.path());
    const auto manifest =
        text.has_value() ? index::ParseManifest(*text) : Result<index::Manifest>(text.error());
    KYUJIN_CHECK(manifest.has_value());
    named.insert(name);
    for (const index::SegmentInfo& segment : manifest->segments) {
      named.insert(segment.name);
      named.insert(segment.tombstones ? segment.tombstones->name : segment.name);
    }
    const bool is_live = current.has_value() && *current == name;
    for (uint64_t g = manifest->changes_from; is_live && g <= manifest->generation; ++g) {
      named.insert(index::ChangeFileName(g));
    }
  }
  std::set<std::string> rubbish;
  std::set_difference(found.begin(),
                      found.end(),
                      named.begin(),
                      named.end(),
                      std::inserter(rubbish, rubbish.end()));
  return rubbish;
}

std::string UpsertLine(const std::map<std::string, std::string>& feed) {
  JsonWriter json;
  json.StartObject();
  json.Member("op", "upsert");
  json.Key("posting");
  json.StartObject();
  json.Key("feed");
  json.StartObject();
  for (const auto& [tag, text] : feed) {
    json.Member(tag, text);
  }
  json.EndObject();
  json.EndObject();
  json.EndObject();
  return std::string(json.view()) + "\n";
}

std::string DeleteLine(uint64_t number) {
  return fmt::format("{{\"op\":\"delete\",\"number\":\"{}\"}}\n",
                     schema::PostingNumber::FromValue(number).ToString());
}

indexer::BuildOptions IndexActions::Options() const {
  indexer::BuildOptions options;
  options.index = index_;
  options.threads = 2;
  options.min_shard_records = 20;
  options.max_rejects = 100.0;
  options.as_of = *ParseTime(kAsOf);
  options.analyzer_version = model_->version();
  return options;
}

indexer::SegmentFactory IndexActions::Factory() const {
  return [this](const fs::path& folder, size_t shards) {
    return index::SegmentWriter::Create({folder, shards, model_});
  };
}

indexer::DeriveFunction IndexActions::Deriver() const {
  return
      [this](schema::FeedRecord feed, schema::JobPosting* posting, schema::Rejection* rejection) {
        return deriver_.Derive(std::move(feed), posting, rejection);
      };
}

Result<index::Manifest> IndexActions::RunFeed(const fs::path& feed,
                                              indexer::FeedMode mode,
                                              double max_removals) const {
  indexer::NoProgress progress;
  KYUJIN_ASSIGN_OR_RETURN(const auto publisher, index::IndexPublisher::Open(index_));
  indexer::BuildOptions options = Options();
  options.mode = mode;
  options.max_removals = max_removals;
  indexer::BuildPipeline pipeline(options, {*publisher, Factory(), Deriver(), progress});
  const std::vector<fs::path> paths{feed};
  KYUJIN_ASSIGN_OR_RETURN(const auto inputs, indexer::ExpandInputs(paths));
  return pipeline.Run(inputs, {});
}

Result<index::Manifest> IndexActions::Apply(const std::string& lines) const {
  indexer::NoProgress progress;
  KYUJIN_ASSIGN_OR_RETURN(const auto publisher, index::IndexPublisher::Open(index_));
  indexer::ApplyPipeline pipeline(Options(), {*publisher, Factory(), Deriver(), progress});
  TextSource source(lines);
  return pipeline.Run(source, "changes", {});
}

Result<index::Manifest> IndexActions::MergeAll() const {
  indexer::NoProgress progress;
  KYUJIN_ASSIGN_OR_RETURN(const auto publisher, index::IndexPublisher::Open(index_));
  return indexer::MergePipeline(Options(), *publisher, Factory(), progress).MergeAll({});
}

Result<index::Manifest> IndexActions::MergeByPolicy() const {
  indexer::NoProgress progress;
  KYUJIN_ASSIGN_OR_RETURN(const auto publisher, index::IndexPublisher::Open(index_));
  return indexer::MergePipeline(Options(), *publisher, Factory(), progress).MergeByPolicy({});
}

}  // namespace kyujin::test
