#include "server/http/head_scanner.h"

#include <cstdint>

namespace kyujin::http {
namespace {

HeadScan Refused(int status, std::string_view detail) {
  return {.state = HeadScan::State::kRefused, .status = status, .detail = detail};
}

bool IsForbiddenControl(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7F;
}

}  // namespace

HeadScan HeadScanner::Scan(std::string_view bytes) {
  for (; position_ < bytes.size(); ++position_) {
    HeadScan scan = CheckByte(bytes);
    if (scan.state == HeadScan::State::kIncomplete) {
      scan = bytes[position_] == '\n' ? EndLine() : CheckLengths(bytes[position_]);
    }
    if (scan.state != HeadScan::State::kIncomplete) {
      return scan;
    }
  }
  return {};
}

HeadScan HeadScanner::CheckByte(std::string_view bytes) const {
  const char c = bytes[position_];
  const bool after_cr = position_ > line_start_ && bytes[position_ - 1] == '\r';
  if (after_cr != (c == '\n')) {
    return Refused(400, "Lines of the request head must end with CR LF.");
  }
  if (IsForbiddenControl(c)) {
    return Refused(400, "Control character in the request head.");
  }
  if (position_ == line_start_ && (c == ' ' || c == '\t')) {
    return Refused(400, "A line of the request head starts with white space.");
  }
  return {};
}

HeadScan HeadScanner::CheckLengths(char c) const {
  const size_t line_bytes = position_ - line_start_ + (c == '\r' ? 0 : 1);
  if (lines_ == 0) {
    return line_bytes > limits_->max_request_line_bytes
               ? Refused(414, "The request line is longer than this server accepts.")
               : HeadScan{};
  }
  if (line_bytes > limits_->max_header_field_bytes ||
      position_ + 1 - fields_start_ > limits_->max_header_bytes) {
    return Refused(431, "The request headers are longer than this server accepts.");
  }
  return {};
}

HeadScan HeadScanner::EndLine() {
  const bool is_empty = position_ - line_start_ == 1;
  line_start_ = position_ + 1;
  if (is_empty && lines_ > 0) {
    return {.state = HeadScan::State::kComplete, .begin = begin_, .end = line_start_};
  }
  if (is_empty) {
    // RFC 9112 2.2: one empty line before the request line is forgiven.
    if (begin_ != 0) {
      return Refused(400, "Empty lines before the request line.");
    }
    begin_ = line_start_;
    return {};
  }
  if (lines_ == 0) {
    fields_start_ = line_start_;
  }
  if (++lines_ > limits_->max_header_fields + 1) {
    return Refused(431, "The request has more headers than this server accepts.");
  }
  return {};
}

}  // namespace kyujin::http
