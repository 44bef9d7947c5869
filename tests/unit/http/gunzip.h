// Gunzip for tests: zlib's own answer to what Gzip() wrote.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace kyujin::http {

// Returns the decompressed text, or "not gzip".
inline std::string Gunzip(std::string_view compressed) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) {
    return "not gzip";
  }
  std::string input(compressed);
  std::string text(16U << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int outcome = inflate(&stream, Z_FINISH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return outcome == Z_STREAM_END ? text : "not gzip";
}

}  // namespace kyujin::http
