#include "indexer/merge_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <utility>

#include "engine/index/generation_edit.h"
#include "engine/index/tombstones.h"
#include "indexer/disk_space.h"
#include "indexer/merge_policy.h"

namespace kyujin::indexer {
namespace {

// Where a live posting of a segment to fold is.
struct Place {
  uint64_t number = 0;
  uint32_t segment = 0;
  DocId doc = 0;
};

// The segments to fold and their live postings in order of number. Immutable.
struct MergeInput {
  std::vector<std::shared_ptr<const index::Segment>> segments;
  std::vector<Place> places;
};

Status AddSegment(const std::filesystem::path& directory,
                  const index::SegmentInfo& info,
                  MergeInput* input) {
  KYUJIN_ASSIGN_OR_RETURN(auto segment, index::Segment::Open(directory / info.name, info));
  std::shared_ptr<const index::Tombstones> tombstones;
  if (info.tombstones) {
    KYUJIN_ASSIGN_OR_RETURN(
        tombstones, index::Tombstones::Read(directory / info.tombstones->name, info.documents));
  }
  const auto place = static_cast<uint32_t>(input->segments.size());
  const auto numbers = segment->columns().numbers();
  for (DocId doc = 0; doc < numbers.size(); ++doc) {
    if (tombstones == nullptr || !tombstones->IsDead(doc)) {
      input->places.push_back({numbers[doc], place, doc});
    }
  }
  input->segments.push_back(std::move(segment));
  return {};
}

// Writes the shards of the merged segment, one thread each.
class MergeShards {
 public:
  MergeShards(const MergeInput& input,
              index::SegmentWriter& writer,
              Progress& progress,
              const std::stop_token& stop)
      : input_(input), writer_(writer), progress_(progress), stop_(stop) {}

  Status Run() {
    std::vector<Status> results(writer_.shards());
    {
      std::vector<std::jthread> threads;
      for (size_t shard = 0; shard < results.size(); ++shard) {
        threads.emplace_back([this, shard, &results] { results[shard] = Guarded(shard); });
      }
    }
    for (const Status& result : results) {
      // What stopped the others is the error to tell.
      if (!result.has_value() && result.error().code != ErrorCode::kUnavailable) {
        return result;
      }
    }
    const auto failed = std::find_if(
        results.begin(), results.end(), [](const Status& status) { return !status.has_value(); });
    return failed == results.end() ? Status() : *failed;
  }

 private:
  // The last line before the thread ends: no exception may pass it.
  Status Guarded(size_t shard) {
    Status status;
    try {
      status = WriteShard(shard);
    } catch (const std::exception& exception) {
      status = Internal(std::string("while merging: ") + exception.what());
    }
    has_failed_ = has_failed_ || !status.has_value();
    return status;
  }

  Status WriteShard(size_t shard) {
    const size_t total = input_.places.size();
    const size_t end = total * (shard + 1) / writer_.shards();
    index::ShardWriter& target = writer_.shard(shard);
    constexpr size_t kStep = 64;
    for (size_t i = total * shard / writer_.shards(); i < end; ++i) {
      if (i % kStep == 0 && (has_failed_ || stop_.stop_requested())) {
        return Unavailable("interrupted: nothing is published");
      }
      const Place& place = input_.places[i];
      KYUJIN_ASSIGN_OR_RETURN(const schema::JobPosting posting,
                              input_.segments[place.segment]->ReadPosting(place.doc));
      KYUJIN_RETURN_IF_ERROR(target.Add(posting));
      progress_.Advance(1, 1);
    }
    return target.Finish();
  }

  const MergeInput& input_;
  index::SegmentWriter& writer_;
  Progress& progress_;
  const std::stop_token& stop_;
  std::atomic<bool> has_failed_ = false;
};

}  // namespace

Status MergePipeline::CheckLive() const {
  const auto& live = publisher_.live();
  if (!live) {
    return Unavailable(
        fmt::format("no index in {}; make one: kyujin-index build --input FEED --index {}",
                    options_.index.string(),
                    options_.index.string()));
  }
  return index::CheckCompatible(*live, options_.analyzer_version);
}

Result<index::Manifest> MergePipeline::MergeAll(const std::stop_token& stop) {
  KYUJIN_RETURN_IF_ERROR(CheckLive());
  const auto& segments = publisher_.live()->segments;
  std::vector<uint32_t> places;
  if (segments.size() > 1 || (segments.size() == 1 && segments.front().dead > 0)) {
    for (uint32_t i = 0; i < segments.size(); ++i) {
      places.push_back(i);
    }
  }
  return Fold(places, stop);
}

Result<index::Manifest> MergePipeline::MergeByPolicy(const std::stop_token& stop) {
  KYUJIN_RETURN_IF_ERROR(CheckLive());
  return Fold(SegmentsToFold(publisher_.live()->segments), stop);
}

Result<index::Manifest> MergePipeline::Fold(const std::vector<uint32_t>& places,
                                            const std::stop_token& stop) {
  const index::Manifest live = *publisher_.live();
  if (places.empty()) {
    return live;
  }
  FolderGuard guard(publisher_.NextSegmentDirectory());
  KYUJIN_ASSIGN_OR_RETURN(index::SegmentInfo merged, Write(places, stop));
  KYUJIN_ASSIGN_OR_RETURN(const auto edit, index::GenerationEdit::Open(options_.index, live));
  edit->Replace(places, std::move(merged));
  index::GenerationDraft draft = edit->Finish();
  draft.as_of = live.as_of;
  draft.analyzer_version = live.analyzer_version;
  guard.Release();
  return publisher_.PublishDraft(std::move(draft));
}

Result<index::SegmentInfo> MergePipeline::Write(const std::vector<uint32_t>& places,
                                                const std::stop_token& stop) {
  MergeInput input;
  for (const uint32_t place : places) {
    KYUJIN_RETURN_IF_ERROR(
        AddSegment(options_.index, publisher_.live()->segments.at(place), &input));
  }
  std::sort(input.places.begin(), input.places.end(), [](const Place& a, const Place& b) {
    return a.number < b.number;
  });
  uint64_t bytes = 0;
  for (const uint32_t place : places) {
    for (const index::FileEntry& file : publisher_.live()->segments.at(place).files) {
      bytes += file.size;
    }
  }
  // The merged segment and its shards.
  KYUJIN_RETURN_IF_ERROR(CheckDiskSpace(options_.index, 2 * bytes, "merging"));
  const SegmentLimits limits{options_.threads, options_.memory, options_.min_shard_records};
  KYUJIN_ASSIGN_OR_RETURN(
      const auto writer,
      create_segment_(publisher_.NextSegmentDirectory(), ShardCount(limits, input.places.size())));
  progress_.BeginStage("merging", input.places.size());
  const Status status = MergeShards(input, *writer, progress_, stop).Run();
  progress_.EndStage();
  KYUJIN_RETURN_IF_ERROR(status);
  return writer->Finish();
}

}  // namespace kyujin::indexer
