#include "engine/index/text_readers.h"

#include <fmt/format.h>

#include <algorithm>

namespace kyujin::index {

Result<TextReader*> TextReaders::Get(const Snapshot& snapshot, uint32_t place) {
  if (snapshot.generation() != generation_ || snapshot.index_id() != index_id_) {
    CloseAllBut(snapshot);
    generation_ = snapshot.generation();
    index_id_ = snapshot.index_id();
  }
  const std::shared_ptr<const Segment>& segment = snapshot.segments().at(place);
  for (const Entry& entry : entries_) {
    if (entry.segment == segment) {
      return entry.reader.get();
    }
  }
  // The same generation may have been opened anew, with segments of its own.
  CloseAllBut(snapshot);
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<TextReader> reader,
                          TextReader::Open(segment->text_path()));
  if (reader->documents() != segment->documents()) {
    return Corruption(fmt::format("{}: {} documents instead of {}",
                                  segment->text_path().string(),
                                  reader->documents(),
                                  segment->documents()));
  }
  entries_.push_back({segment, std::move(reader)});
  return entries_.back().reader.get();
}

void TextReaders::CloseAllBut(const Snapshot& snapshot) {
  const auto& live = snapshot.segments();
  std::erase_if(entries_, [&](const Entry& entry) {
    return std::find(live.begin(), live.end(), entry.segment) == live.end();
  });
}

}  // namespace kyujin::index
