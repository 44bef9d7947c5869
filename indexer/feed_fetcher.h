// FeedFetcher: `kyujin-index fetch`, a whole data set of the feed as files. Pages are written one
// by one beside the last fetch and take its place when all are there, so that whoever reads the
// folder finds one whole feed or the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "indexer/feed_answer.h"
#include "indexer/feed_client.h"
#include "indexer/progress.h"

namespace kyujin::indexer {

struct FeedCredentials {
  std::string id;
  std::string pass;
};

// Reads `id` and `pass` from a file of two lines; without a file's name from the environment
// variables KYUJIN_FEED_ID and KYUJIN_FEED_PASS.
// Errors: kInvalidArgument when one is missing, or the file may be read by everybody.
Result<FeedCredentials> ReadCredentials(const std::filesystem::path& file);

// Returns `name` when it is one of the feed's data: M and three digits. Errors: kInvalidArgument.
Result<std::string> ParseDataName(std::string_view name);

struct FetchOptions {
  std::string data = "M100";
  std::filesystem::path output;  // pages come to output/M100/1.xml …
  unsigned attempts = 8;         // of one request
  bool any_time = false;         // ask also when the feed is closed by the clock
};

// What the world outside is to the fetcher.
struct FetchWorld {
  FeedTransport& transport;
  const Clock& clock;
  // Waits that long; returns false when a stop was asked for meanwhile.
  std::function<bool(std::chrono::seconds)> sleep;
  Progress& progress;
  std::ostream& log;
};

// Confined to one thread.
class FeedFetcher {
 public:
  FeedFetcher(FetchOptions options, FeedCredentials credentials, FetchWorld world);

  // Fetches all pages; what an interrupted run of the same day and the same feed left is taken up.
  // Waits while the feed is closed. The token is returned whatever happens.
  // Errors: kUnavailable when the feed does not answer after all attempts or `stop` was asked for;
  // kInvalidArgument when it refuses the credentials or has no such data; kCorruption when what it
  // gives is no whole feed; kInternal for the disk. After any error the last whole fetch is still
  // there.
  Status Run(const std::stop_token& stop);

 private:
  Status Fetch();
  Status FetchPages(const FeedData& data);
  Result<bool> HasPage(uint64_t page, uint64_t* postings) const;
  Status FetchPage(const FeedData& data, uint64_t page, uint64_t* postings);
  Status Publish();

  Status WaitUntilOpen();
  Status GetToken();
  void ReturnToken();
  Result<FeedData> FindData();
  Status BeginPartial(const FeedData& data);
  // Posts with the token until the answer is good and `accept` takes its body. An answer that says
  // that the token is no longer good gets a new one.
  Status Ask(std::string_view path, const std::function<Status(const std::string&)>& accept);
  Status AskOnce(std::string_view path,
                 const std::function<Status(const std::string&)>& accept,
                 unsigned* wait_seconds);
  // Waits before attempt `attempt` + 1. Returns false when a stop was asked for.
  bool Pause(unsigned attempt, unsigned at_least_seconds);
  [[nodiscard]] std::filesystem::path PagePath(uint64_t page) const;

  FetchOptions options_;
  FeedCredentials credentials_;
  FetchWorld world_;
  std::stop_token stop_;
  std::filesystem::path whole_;    // output/M100
  std::filesystem::path partial_;  // output/M100.partial
  std::string token_;
};

}  // namespace kyujin::indexer
