#include "indexer/index_dump.h"

#include <string_view>

#include "engine/base/date.h"
#include "engine/base/json.h"
#include "engine/index/snapshot.h"
#include "engine/schema/posting_writer.h"
#include "engine/text/analyzer.h"

namespace kyujin::indexer {
Status DumpIndex(const std::filesystem::path& index,
                 const std::stop_token& stop,
                 std::ostream& out) {
  KYUJIN_ASSIGN_OR_RETURN(const auto analyzer, text::AnalyzerModel::Load());
  KYUJIN_ASSIGN_OR_RETURN(const auto snapshot, index::Snapshot::Open(index, analyzer->version()));
  // The day of the index, not of the clock: a generation is dumped to the same bytes on every day.
  constexpr size_t kDayLength = std::string_view("2026-11-22").size();
  KYUJIN_ASSIGN_OR_RETURN(const Date day, Date::Parse(snapshot->as_of().substr(0, kDayLength)));
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
      schema::WritePosting(posting, day, &json);
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
