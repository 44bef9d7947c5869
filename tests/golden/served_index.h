// A real HTTP server on a free port over an index of made-up postings, in one process.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.h"
#include "engine/schema/job_posting.h"
#include "server/app/app.h"
#include "tests/testing/http_client.h"
#include "tests/testing/index_builder.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// A posting that is open on the server's day and of which nothing else is known.
schema::FeedRecord BareRecord(const std::string& number, std::string_view received);
// Requires: the feed is sound.
schema::JobPosting DerivePosting(schema::FeedRecord feed);

// Confined to one thread.
class ServedIndex {
 public:
  explicit ServedIndex(const std::vector<schema::JobPosting>& postings);
  // Serves an index that is there already.
  ServedIndex(const std::filesystem::path& index, Date today);

  [[nodiscard]] TestIndex& index() { return index_; }
  // Waits until the server answers from the generation that was published last.
  void TakeUp();
  // The numbers of the hits of `GET /v1/jobs?query`, in order; nothing when the answer is no 200.
  std::optional<std::vector<std::string>> Search(const std::string& query);

 private:
  void Serve(const std::filesystem::path& index, Date today);

  TemporaryFolder people_;
  TestIndex index_;
  std::unique_ptr<app::App> app_;
  std::unique_ptr<HttpClient> client_;
};

}  // namespace kyujin::test
