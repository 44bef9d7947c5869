// FeedClient: one request to the feed's API, by libcurl. Says what went over the wire in numbers
// only: the forms it sends carry credentials, and so may the answers.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace kyujin::indexer {

struct FeedAnswer {
  int status = 0;  // of HTTP
  std::string body;
  unsigned retry_after = 0;  // seconds, 0 when the server does not say
};

using FeedForm = std::vector<std::pair<std::string, std::string>>;

// Confined to one thread.
class FeedTransport {
 public:
  virtual ~FeedTransport() = default;
  // Sends `form` to `path` (below the API's address, without a slash before it).
  // Errors: kUnavailable when there is no answer, kResourceExhausted when it is too large. The
  // message never holds a value of the form or the answer.
  virtual Result<FeedAnswer> Post(std::string_view path,
                                  const FeedForm& form,
                                  const std::stop_token& stop) = 0;
};

// Confined to one thread.
class FeedClient final : public FeedTransport {
 public:
  // `base_url` as in https://host/teikyo/api/2.0. Errors: kInvalidArgument unless it is https, or
  // http to this machine, without credentials in it.
  static Result<std::unique_ptr<FeedClient>> Create(std::string base_url);
  ~FeedClient() override;
  FeedClient(const FeedClient&) = delete;
  FeedClient& operator=(const FeedClient&) = delete;
  FeedClient(FeedClient&&) = delete;
  FeedClient& operator=(FeedClient&&) = delete;

  Result<FeedAnswer> Post(std::string_view path,
                          const FeedForm& form,
                          const std::stop_token& stop) override;

 private:
  struct Impl;
  explicit FeedClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kyujin::indexer
