#include "indexer/feed_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdint>

namespace kyujin::indexer {
namespace {

constexpr size_t kMaxAnswerBytes = size_t{64} << 20;  // a page of 1,000 postings has about 4 MiB
constexpr int64_t kConnectSeconds = 20;
constexpr int64_t kRequestSeconds = 600;
// Slower than this for so long is no answer.
constexpr int64_t kLowBytesPerSecond = 100;
constexpr int64_t kLowSpeedSeconds = 60;

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CurlTextDeleter {
  void operator()(char* text) const { curl_free(text); }
};
struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlText = std::unique_ptr<char, CurlTextDeleter>;

// What the callbacks of one request write to and look at.
struct Transfer {
  std::string body;
  bool is_too_large = false;
  const std::stop_token* stop = nullptr;
};

size_t OnBody(char* bytes, size_t size, size_t count, void* self) {
  auto* const transfer = static_cast<Transfer*>(self);
  if (transfer->body.size() + size * count > kMaxAnswerBytes) {
    transfer->is_too_large = true;
    return 0;  // ends the transfer
  }
  transfer->body.append(bytes, size * count);
  return size * count;
}

int OnProgress(void* self, curl_off_t /*a*/, curl_off_t /*b*/, curl_off_t /*c*/, curl_off_t /*d*/) {
  return static_cast<Transfer*>(self)->stop->stop_requested() ? 1 : 0;
}

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
    return {};
  }
  return CurlText(text).get();
}

Status CheckUrl(const std::string& base_url) {
  const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), 0) != CURLUE_OK) {
    return InvalidArgument("the feed's address is no URL");
  }
  if (!PartOf(url.get(), CURLUPART_USER).empty() ||
      !PartOf(url.get(), CURLUPART_PASSWORD).empty()) {
    return InvalidArgument("the feed's address must not hold credentials: give them by --id-file");
  }
  if (!PartOf(url.get(), CURLUPART_QUERY).empty() ||
      !PartOf(url.get(), CURLUPART_FRAGMENT).empty()) {
    return InvalidArgument("the feed's address must end with its path");
  }
  const std::string scheme = PartOf(url.get(), CURLUPART_SCHEME);
  const std::string host = PartOf(url.get(), CURLUPART_HOST);
  const bool is_here = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  if (scheme != "https" && !(scheme == "http" && is_here)) {
    return InvalidArgument("the feed's address must be https: credentials go there");
  }
  return {};
}

}  // namespace

struct FeedClient::Impl {
  std::string base_url;
  std::unique_ptr<CURL, EasyDeleter> handle;

  // Names and values as a form's body.
  [[nodiscard]] std::string Encode(const FeedForm& form) const {
    std::string body;
    for (const auto& [name, value] : form) {
      const CurlText escaped(
          curl_easy_escape(handle.get(), value.data(), static_cast<int>(value.size())));
      body += (body.empty() ? "" : "&") + name + "=" + escaped.get();
    }
    return body;
  }

  void Prepare(const std::string& url, const std::string& body, Transfer* transfer) {
    CURL* const curl = handle.get();
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "kyujin-index");
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");  // what libcurl can unpack
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kRequestSeconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kLowBytesPerSecond);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kLowSpeedSeconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &OnBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &OnProgress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
  }
};

FeedClient::FeedClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FeedClient::~FeedClient() = default;

Result<std::unique_ptr<FeedClient>> FeedClient::Create(std::string base_url) {
  KYUJIN_RETURN_IF_ERROR(CheckUrl(base_url));
  while (base_url.ends_with('/')) {
    base_url.pop_back();
  }
  auto impl = std::make_unique<Impl>();
  impl->base_url = std::move(base_url);
  impl->handle.reset(curl_easy_init());
  KYUJIN_CHECK(impl->handle != nullptr);
  return std::unique_ptr<FeedClient>(new FeedClient(std::move(impl)));
}

Result<FeedAnswer> FeedClient::Post(std::string_view path,
                                    const FeedForm& form,
                                    const std::stop_token& stop) {
  const std::string url = fmt::format("{}/{}", impl_->base_url, path);
  const std::string body = impl_->Encode(form);
  Transfer transfer;
  transfer.stop = &stop;
  impl_->Prepare(url, body, &transfer);
  const CURLcode code = curl_easy_perform(impl_->handle.get());
  if (transfer.is_too_large) {
    return ResourceExhausted(fmt::format("{}: the answer is too large", url));
  }
  if (code != CURLE_OK) {
    return Unavailable(fmt::format("{}: {}", url, curl_easy_strerror(code)));
  }
  FeedAnswer answer;
  answer.body = std::move(transfer.body);
  int64_t status = 0;
  curl_easy_getinfo(impl_->handle.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  curl_off_t retry_after = 0;
  curl_easy_getinfo(impl_->handle.get(), CURLINFO_RETRY_AFTER, &retry_after);
  answer.retry_after = retry_after > 0 ? static_cast<unsigned>(retry_after) : 0;
  return answer;
}

}  // namespace kyujin::indexer
