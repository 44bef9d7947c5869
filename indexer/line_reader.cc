#include "indexer/line_reader.h"

namespace kyujin::indexer {
namespace {
constexpr size_t kChunkBytes = 1U << 16;
}  // namespace

LineReader::LineReader(ByteSource& input, size_t max_line_bytes)
    : input_(input), max_line_bytes_(max_line_bytes), chunk_(kChunkBytes) {}

Result<bool> LineReader::Next(Line* line) {
  line_.clear();
  is_too_long_ = false;
  ++line_number_;
  line->number = line_number_;
  line->byte = position_;
  bool has_end = false;
  while (!has_end) {
    if (rest_.empty()) {
      if (at_end_) {
        break;
      }
      KYUJIN_ASSIGN_OR_RETURN(const size_t count, input_.Read(chunk_));
      at_end_ = count == 0;
      rest_ = {chunk_.data(), count};
      continue;
    }
    const size_t end = rest_.find('\n');
    has_end = end != std::string_view::npos;
    Take(rest_.substr(0, end));
    const size_t used = has_end ? end + 1 : rest_.size();
    position_ += used;
    rest_.remove_prefix(used);
  }
  if (line_.ends_with('\r')) {
    line_.pop_back();
  }
  line->text = line_;
  line->is_too_long = is_too_long_;
  return has_end || position_ > line->byte;
}

void LineReader::Take(std::string_view piece) {
  if (is_too_long_ || line_.size() + piece.size() > max_line_bytes_) {
    is_too_long_ = true;
    line_.clear();
    return;
  }
  line_.append(piece);
}

}  // namespace kyujin::indexer
