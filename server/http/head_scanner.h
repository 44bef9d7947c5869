// HeadScanner: finds the end of a request head in the bytes read so far, and refuses what no
// honest client sends before a parser sees it: lines over the limits, bare CR or LF, control
// characters, folded lines. First step of the session.
//
// Thread rule: Confined to one thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "server/http/http_limits.h"

namespace kyujin::http {

// What a scan found.
struct HeadScan {
  enum class State { kIncomplete, kComplete, kRefused };
  State state = State::kIncomplete;
  size_t begin = 0;              // kComplete: where the request line starts …
  size_t end = 0;                // … and where the head ends, its empty line included
  int status = 0;                // kRefused: 400, 414 or 431 …
  std::string_view detail = {};  // … and why
};

class HeadScanner {
 public:
  // `limits` must outlive the scanner.
  explicit HeadScanner(const HttpLimits& limits) : limits_(&limits) {}

  // Scans on from where the last call stopped. Requires: `bytes` starts with the bytes of the last
  // call, which returned kIncomplete.
  [[nodiscard]] HeadScan Scan(std::string_view bytes);

 private:
  [[nodiscard]] HeadScan CheckByte(std::string_view bytes) const;
  [[nodiscard]] HeadScan CheckLengths(char c) const;
  [[nodiscard]] HeadScan EndLine();

  const HttpLimits* limits_;
  size_t position_ = 0;    // the next byte to look at
  size_t begin_ = 0;       // of the request line
  size_t line_start_ = 0;  // of the current line
  size_t fields_start_ = 0;
  size_t lines_ = 0;  // complete, the request line included
};

}  // namespace kyujin::http
