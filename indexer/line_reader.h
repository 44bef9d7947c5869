// LineReader: the lines of a ByteSource in constant memory. A line above the limit is read past and
// reported as too long; it is not kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/byte_source.h"
#include "engine/base/result.h"

namespace kyujin::indexer {

// Confined to one thread. Holds a reference to the input, which must outlive it.
class LineReader {
 public:
  struct Line {
    std::string_view text;     // without its end (LF or CRLF); valid until the next call
    uint64_t number = 0;       // 1-based
    uint64_t byte = 0;         // of its first byte
    bool is_too_long = false;  // then `text` is empty
  };

  LineReader(ByteSource& input, size_t max_line_bytes);

  // Reads the next line into `line`; returns false at the end. The last line needs no line end.
  // Errors: those of ByteSource::Read.
  Result<bool> Next(Line* line);

  // Where reading stands: the line being read and the bytes read from the input.
  [[nodiscard]] uint64_t line_number() const { return line_number_; }
  [[nodiscard]] uint64_t position() const { return position_; }

 private:
  void Take(std::string_view piece);

  ByteSource& input_;
  size_t max_line_bytes_;
  std::vector<char> chunk_;
  std::string_view rest_;  // of chunk_
  std::string line_;
  bool is_too_long_ = false;
  bool at_end_ = false;
  uint64_t line_number_ = 0;
  uint64_t position_ = 0;  // bytes taken from chunks so far
};

}  // namespace kyujin::indexer
