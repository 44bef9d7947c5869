#include "server/http/content_coding.h"

#include <zlib.h>

#include <algorithm>

#include "server/http/http_message.h"

namespace kyujin::http {
namespace {

std::string_view Trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// Returns the quality value in thousandths, or nullopt when the text is no qvalue.
std::optional<int> ParseQuality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') ||
      (text.size() > 1 && text[1] != '.')) {
    return std::nullopt;
  }
  int value = (text[0] - '0') * 1000;
  int unit = 100;
  for (size_t i = 2; i < text.size(); ++i, unit /= 10) {
    if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value += (text[i] - '0') * unit;
  }
  return value <= 1000 ? std::optional(value) : std::nullopt;
}

struct WeightedCoding {
  std::string_view name;
  int quality = 0;
};

WeightedCoding ParseMember(std::string_view member) {
  const size_t semicolon = std::min(member.find(';'), member.size());
  WeightedCoding coding{Trimmed(member.substr(0, semicolon)), 1000};
  if (semicolon < member.size()) {
    const std::string_view parameter = Trimmed(member.substr(semicolon + 1));
    const size_t equals = std::min(parameter.find('='), parameter.size());
    const bool is_quality = EqualsIgnoreCase(Trimmed(parameter.substr(0, equals)), "q");
    const size_t value_start = std::min(equals + 1, parameter.size());
    coding.quality =
        is_quality ? ParseQuality(Trimmed(parameter.substr(value_start))).value_or(0) : 0;
  }
  return coding;
}

}  // namespace

AcceptedCodings ParseAcceptEncoding(std::optional<std::string_view> accept_encoding) {
  if (!accept_encoding) {
    return {};
  }
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> any;
  const std::string_view list = *accept_encoding;
  for (size_t start = 0; start <= list.size();) {
    const size_t end = std::min(list.find(',', start), list.size());
    const WeightedCoding coding = ParseMember(list.substr(start, end - start));
    if (EqualsIgnoreCase(coding.name, "gzip") || EqualsIgnoreCase(coding.name, "x-gzip")) {
      gzip = coding.quality;
    } else if (EqualsIgnoreCase(coding.name, "identity")) {
      identity = coding.quality;
    } else if (coding.name == "*") {
      any = coding.quality;
    }
    start = end + 1;
  }
  const int gzip_quality = gzip.value_or(any.value_or(0));
  // Identity is acceptable unless refused by name or by "*;q=0", but ranks last when unnamed.
  const bool allows_identity = identity.value_or(any.value_or(1)) > 0;
  return {.identity = allows_identity,
          .gzip = gzip_quality > 0,
          .prefers_gzip = gzip_quality > 0 && gzip_quality >= identity.value_or(0)};
}

Result<std::string> Gzip(std::string_view body, int level) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // 16: a gzip member instead of a zlib stream
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return Internal("zlib: deflateInit2 failed");
  }
  std::string compressed(deflateBound(&stream, body.size()), '\0');
  // zlib's interface predates const; deflate() does not write to its input.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const int outcome = deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) {
    return Internal("zlib: deflate returned " + std::to_string(outcome));
  }
  return compressed;
}

}  // namespace kyujin::http
