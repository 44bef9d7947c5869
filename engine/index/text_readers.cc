#include "engine/index/text_readers.h"

#include <algorithm>

namespace kyujin::index {

Result<TextReader*> TextReaders::Get(const Snapshot& snapshot, uint32_t place) {
  if (snapshot.generation() != generation_ || snapshot.index_id() != index_id_) {
    const auto& live = snapshot.segments();
    std::erase_if(entries_, [&](const Entry& entry) {
      return std::find(live.begin(), live.end(), entry.segment) == live.end();
    });
    generation_ = snapshot.generation();
    index_id_ = snapshot.index_id();
  }
  const std::shared_ptr<const Segment>& segment = snapshot.segments().at(place);
  for (const Entry& entry : entries_) {
    if (entry.segment == segment) {
      return entry.reader.get();
    }
  }
  KYUJIN_ASSIGN_OR_RETURN(std::unique_ptr<TextReader> reader,
                          TextReader::Open(segment->text_path()));
  entries_.push_back({segment, std::move(reader)});
  return entries_.back().reader.get();
}

}  // namespace kyujin::index
