// The part of request_head.h that needs Beast.
#include <algorithm>
#include <exception>
#include <limits>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/http/request_head.h"

namespace kyujin::http {
namespace {

namespace beast_http = boost::beast::http;

// Says whether the request line has its three parts and the last one is an HTTP version. Beast
// reports a space inside the target as a bad version too.
bool NamesAVersion(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\r'));
  return std::count(line.begin(), line.end(), ' ') == 2 &&
         line.substr(line.rfind(' ') + 1).starts_with("HTTP/");
}

std::variant<ParsedHead, Refusal> Parse(std::string_view bytes) {
  beast_http::request_parser<beast_http::string_body> parser;
  // HeadScanner has bounded the head; the body never passes through this parser.
  parser.header_limit(std::numeric_limits<uint32_t>::max());
  parser.body_limit(boost::none);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error == beast_http::error::bad_version && NamesAVersion(bytes)) {
    return Refusal{505, "This server speaks HTTP/1.1."};
  }
  if (error && error != beast_http::error::need_more) {
    return Refusal{400, "The request head is not valid HTTP/1.1: " + error.message() + "."};
  }
  if (!parser.is_header_done()) {
    return Refusal{400, "The request head is not valid HTTP/1.1."};
  }
  const auto& message = parser.get();
  ParsedHead head{.method = std::string(message.method_string()),
                  .target = std::string(message.target()),
                  .minor_version = message.version() % 10,
                  .fields = {}};
  for (const auto& field : message) {
    head.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  return head;
}

}  // namespace

std::variant<ParsedHead, Refusal> ParseHead(std::string_view bytes) {
  try {
    return Parse(bytes);
  } catch (const std::exception&) {
    // Beast 1.81 throws std::length_error for some oversized fields.
    return Refusal{400, "The request head is not valid HTTP/1.1."};
  }
}

}  // namespace kyujin::http
