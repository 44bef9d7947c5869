#include "tests/testing/index_builder.h"

#include <utility>

#include "engine/base/date.h"

namespace kyujin::test {
namespace {

template <class T>
T Must(Result<T> result) {
  if (!result.has_value()) {
    CheckFailed(result.error().message.c_str(), __FILE__, __LINE__);
  }
  return std::move(*result);
}

}  // namespace

const std::shared_ptr<const text::AnalyzerModel>& SharedModel() {
  static const std::shared_ptr<const text::AnalyzerModel> model = Must(text::AnalyzerModel::Load());
  return model;
}

std::string AnalyzerVersion() {
  return std::string(SharedModel()->version());
}

Result<index::SegmentInfo> WriteSegment(const std::filesystem::path& directory,
                                        const std::vector<schema::JobPosting>& postings,
                                        size_t shards) {
  KYUJIN_ASSIGN_OR_RETURN(const std::unique_ptr<index::SegmentWriter> writer,
                          index::SegmentWriter::Create({directory, shards, SharedModel()}));
  for (size_t i = 0; i < postings.size(); ++i) {
    KYUJIN_RETURN_IF_ERROR(writer->shard(i * shards / postings.size()).Add(postings[i]));
  }
  for (size_t i = 0; i < shards; ++i) {
    KYUJIN_RETURN_IF_ERROR(writer->shard(i).Finish());
  }
  return writer->Finish();
}

TestIndex::TestIndex() : publisher_(Must(index::IndexPublisher::Open(path()))) {}

void TestIndex::Publish(const std::vector<schema::JobPosting>& postings, size_t shards) {
  PublishWith({}, postings, shards);
}

void TestIndex::AddSegment(const std::vector<schema::JobPosting>& postings, size_t shards) {
  PublishWith(publisher_->live()->segments, postings, shards);
}

void TestIndex::PublishWith(std::vector<index::SegmentInfo> segments,
                            const std::vector<schema::JobPosting>& postings,
                            size_t shards) {
  segments.push_back(Must(WriteSegment(publisher_->NextSegmentDirectory(), postings, shards)));
  const auto as_of = Must(ParseTime("2026-11-22T05:10:00+09:00"));
  Must(publisher_->Publish(std::move(segments), as_of, AnalyzerVersion()));
}

std::shared_ptr<const index::Snapshot> TestIndex::Open() const {
  return Must(index::Snapshot::Open(path(), AnalyzerVersion()));
}

}  // namespace kyujin::test
