#include "indexer/index_dump.h"

#include "engine/base/json.h"
#include "engine/index/snapshot.h"
#include "engine/text/analyzer.h"

namespace kyujin::indexer {
namespace {

void WriteObject(const schema::JobPosting& posting, JsonWriter* json) {
  json->StartObject();
  json->Member("number", posting.number.ToString());
  json->Key("feed");
  json->StartObject();
  for (const schema::FeedRecord::Value& value : posting.feed.values()) {
    json->Member(schema::GetFeedField(value.tag).tag, value.text);
  }
  for (const schema::FeedRecord::UnknownValue& value : posting.feed.unknown()) {
    json->Member(value.tag, value.text);
  }
  json->EndObject();
  json->EndObject();
}

}  // namespace

Status DumpIndex(const std::filesystem::path& index,
                 const std::stop_token& stop,
                 std::ostream& out) {
  KYUJIN_ASSIGN_OR_RETURN(const auto analyzer, text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const auto snapshot, index::Snapshot::Open(index, analyzer->version()));
  for (uint32_t place = 0; place < snapshot->segments().size(); ++place) {
    const auto& tombstones = snapshot->tombstones(place);
    for (DocId doc = 0; doc < snapshot->segments()[place]->documents(); ++doc) {
      if (tombstones != nullptr && tombstones->IsDead(doc)) {
        continue;
      }
      if (stop.stop_requested()) {
        return Unavailable("interrupted");
      }
      KYUJIN_ASSIGN_OR_RETURN(const schema::JobPosting posting,
                              snapshot->ReadPosting({place, doc}));
      JsonWriter json;
      WriteObject(posting, &json);
      out << json.view() << '\n';
      if (!out) {
        return Internal("the output does not take what is written to it");
      }
    }
  }
  out << std::flush;
  return out ? Status() : Status(Internal("the output does not take what is written to it"));
}

}  // namespace kyujin::indexer
