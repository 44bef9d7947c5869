#include "indexer/feed_fetcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "engine/base/date.h"
#include "engine/base/file.h"
#include "indexer/feed_schedule.h"

namespace kyujin::indexer {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kLongestPause = 60;  // seconds, unless the server asks for more
constexpr unsigned kLongestAskedPause = 900;
constexpr std::string_view kStateName = "fetch.txt";

Error Interrupted() {
  return Unavailable("interrupted: what was fetched is kept for the next run of today");
}

Error FileError(std::string_view what, const fs::path& path, const std::error_code& error) {
  return SystemError(what, path, error.value());
}

std::string_view NextLine(std::string_view* text) {
  const std::string_view line = text->substr(0, text->find('\n'));
  text->remove_prefix(std::min(text->size(), line.size() + 1));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

std::string Environment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
  return value == nullptr ? "" : value;
}

}  // namespace

Result<FeedCredentials> ReadCredentials(const fs::path& file) {
  FeedCredentials credentials;
  if (file.empty()) {
    credentials = {Environment("KYUJIN_FEED_ID"), Environment("KYUJIN_FEED_PASS")};
  } else {
    std::error_code error;
    const fs::perms perms = fs::status(file, error).permissions();
    if (!error && (perms & fs::perms::others_read) != fs::perms::none) {
      return InvalidArgument(file.string() + ": everybody may read it; chmod 600 it first");
    }
    KYUJIN_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    std::string_view rest = text;
    credentials.id = NextLine(&rest);
    credentials.pass = NextLine(&rest);
  }
  if (credentials.id.empty() || credentials.pass.empty()) {
    return InvalidArgument(
        file.empty() ? "no credentials: give --id-file, or KYUJIN_FEED_ID and KYUJIN_FEED_PASS"
                     : file.string() + ": must hold two lines, id and pass");
  }
  return credentials;
}

Result<std::string> ParseDataName(std::string_view name) {
  const bool is_good =
      name.size() == 4 && name.front() == 'M' &&
      std::all_of(name.begin() + 1, name.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_good ? Result<std::string>(std::string(name))
                 : InvalidArgument("must be M and three digits, as in M100");
}

FeedFetcher::FeedFetcher(FetchOptions options, FeedCredentials credentials, FetchWorld world)
    : options_(std::move(options)),
      credentials_(std::move(credentials)),
      world_(std::move(world)),
      whole_(options_.output / options_.data),
      partial_(options_.output / (options_.data + ".partial")) {}

Status FeedFetcher::Run(const std::stop_token& stop) {
  stop_ = stop;
  Status status = Fetch();
  ReturnToken();
  return status;
}

Status FeedFetcher::Fetch() {
  KYUJIN_ASSIGN_OR_RETURN(const FeedData data, FindData());
  KYUJIN_RETURN_IF_ERROR(BeginPartial(data));
  KYUJIN_RETURN_IF_ERROR(FetchPages(data));
  return Publish();
}

Result<FeedData> FeedFetcher::FindData() {
  std::vector<FeedData> list;
  KYUJIN_RETURN_IF_ERROR(Ask("kyujin", [&](const std::string& body) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(list, ParseDataList(body));
    return {};
  }));
  const auto found = std::find_if(
      list.begin(), list.end(), [&](const FeedData& data) { return data.id == options_.data; });
  if (found == list.end()) {
    return InvalidArgument(fmt::format(
        "the feed has no data called {}; it has {} others", options_.data, list.size()));
  }
  if (found->pages == 0 || found->count == 0) {
    return Corruption(fmt::format("the feed says that {} is empty", options_.data));
  }
  return *found;
}

// Pages of another day or another state of the feed do not belong to this one.
Status FeedFetcher::BeginPartial(const FeedData& data) {
  const std::string state = fmt::format("{} {} {} {}\n",
                                        data.id,
                                        data.count,
                                        data.pages,
                                        Date::InJapan(world_.clock.Now()).ToString());
  const Result<std::string> before = ReadFile(partial_ / kStateName);
  if (before.has_value() && *before == state) {
    return {};
  }
  std::error_code error;
  fs::remove_all(partial_, error);
  if (!error) {
    fs::create_directories(partial_, error);
  }
  if (error) {
    return FileError("cannot make", partial_, error);
  }
  return ReplaceFile(partial_ / kStateName, state);
}

Status FeedFetcher::FetchPages(const FeedData& data) {
  uint64_t postings = 0;
  world_.progress.BeginStage("fetching", data.pages);
  for (uint64_t page = 1; page <= data.pages; ++page) {
    const uint64_t before = postings;
    Result<bool> has_page = HasPage(page, &postings);
    if (has_page.has_value() && !*has_page) {
      const Status status = FetchPage(data, page, &postings);
      has_page = status.has_value() ? Result<bool>(true) : Result<bool>(status.error());
    }
    if (!has_page.has_value()) {
      world_.progress.EndStage();
      return has_page.error();
    }
    world_.progress.Advance(postings - before, 1);
  }
  world_.progress.EndStage();
  if (postings == data.count) {
    return {};
  }
  // The feed was renewed while it was read: its pages belong to two states.
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
  return Corruption(
      fmt::format("the pages hold {} postings, the feed promised {}: nothing is kept, "
                  "run it again",
                  postings,
                  data.count));
}

Result<bool> FeedFetcher::HasPage(uint64_t page, uint64_t* postings) const {
  const Result<std::string> text = ReadFile(PagePath(page), UINT64_MAX);
  if (!text.has_value()) {
    return text.error().code == ErrorCode::kNotFound ? Result<bool>(false)
                                                     : Result<bool>(text.error());
  }
  const Result<uint64_t> count = CountPostings(*text);
  if (count.has_value()) {
    *postings += *count;
  }
  return count.has_value();
}

Status FeedFetcher::FetchPage(const FeedData& data, uint64_t page, uint64_t* postings) {
  return Ask(fmt::format("kyujin/{}/{}", data.id, page), [&](const std::string& body) -> Status {
    KYUJIN_ASSIGN_OR_RETURN(const uint64_t count, CountPostings(body));
    if (count == 0) {
      return Corruption(fmt::format("page {} holds no posting", page));
    }
    KYUJIN_RETURN_IF_ERROR(ReplaceFile(PagePath(page), body));
    *postings += count;
    return {};
  });
}

Status FeedFetcher::Publish() {
  std::error_code error;
  fs::remove(partial_ / kStateName, error);
  const fs::path old = options_.output / (options_.data + ".old");
  fs::remove_all(old, error);
  if (fs::exists(whole_, error)) {
    fs::rename(whole_, old, error);
    if (error) {
      return FileError("cannot rename", whole_, error);
    }
  }
  fs::rename(partial_, whole_, error);
  if (error) {
    return FileError("cannot rename", partial_, error);
  }
  KYUJIN_RETURN_IF_ERROR(SyncFolder(options_.output));
  fs::remove_all(old, error);
  return {};
}

Status FeedFetcher::WaitUntilOpen() {
  for (;;) {
    const auto closed = options_.any_time ? 0 : ClosedFor(world_.clock.Now()).count();
    if (closed == 0) {
      return {};
    }
    world_.log << fmt::format("the feed is closed: waiting {} minutes\n", (closed + 59) / 60)
               << std::flush;
    if (!world_.sleep(std::chrono::seconds(closed))) {
      return Interrupted();
    }
    token_.clear();  // one is good for the day on which it was given
  }
}

Status FeedFetcher::GetToken() {
  KYUJIN_ASSIGN_OR_RETURN(
      const FeedAnswer answer,
      world_.transport.Post(
          "auth/getToken", {{"id", credentials_.id}, {"pass", credentials_.pass}}, stop_));
  if (answer.status >= 400 && answer.status < 500 && answer.status != 429) {
    return InvalidArgument(
        fmt::format("the feed refuses the credentials (HTTP {})", answer.status));
  }
  if (answer.status != 200) {
    return Unavailable(fmt::format("auth/getToken: HTTP {}", answer.status));
  }
  // Asking again and again with a wrong word might lock the account.
  auto token = ParseToken(answer.body);
  if (!token.has_value()) {
    return InvalidArgument("the feed gave no token: the credentials may be wrong");
  }
  token_ = std::move(*token);
  return {};
}

void FeedFetcher::ReturnToken() {
  if (token_.empty()) {
    return;
  }
  // A stop must not keep the token from being returned.
  const auto answer = world_.transport.Post("auth/delToken", {{"token", token_}}, {});
  if (!answer.has_value() || answer->status != 200) {
    world_.log << "the token could not be returned; it ends with the day\n" << std::flush;
  }
  token_.clear();
}

Status FeedFetcher::Ask(std::string_view path,
                        const std::function<Status(const std::string&)>& accept) {
  for (unsigned attempt = 1;; ++attempt) {
    if (stop_.stop_requested()) {
      return Interrupted();
    }
    KYUJIN_RETURN_IF_ERROR(WaitUntilOpen());
    unsigned wait_seconds = 0;
    Status status = AskOnce(path, accept, &wait_seconds);
    const bool may_pass = !status.has_value() && (status.error().code == ErrorCode::kUnavailable ||
                                                  status.error().code == ErrorCode::kCorruption);
    if (!may_pass || attempt >= options_.attempts) {
      return status;
    }
    if (stop_.stop_requested()) {
      return Interrupted();
    }
    world_.log << fmt::format("{}; attempt {} of {}\n",
                              status.error().message,
                              attempt + 1,
                              options_.attempts)
               << std::flush;
    if (!Pause(attempt, wait_seconds)) {
      return Interrupted();
    }
  }
}

Status FeedFetcher::AskOnce(std::string_view path,
                            const std::function<Status(const std::string&)>& accept,
                            unsigned* wait_seconds) {
  if (token_.empty()) {
    KYUJIN_RETURN_IF_ERROR(GetToken());
  }
  KYUJIN_ASSIGN_OR_RETURN(const FeedAnswer answer,
                          world_.transport.Post(path, {{"token", token_}}, stop_));
  *wait_seconds = answer.retry_after;
  if (answer.status == 401 || answer.status == 403) {
    token_.clear();
    return Unavailable(fmt::format("{}: the token is no longer good", path));
  }
  if (answer.status == 429 || answer.status >= 500) {
    return Unavailable(fmt::format("{}: HTTP {}", path, answer.status));
  }
  if (answer.status != 200) {
    return InvalidArgument(fmt::format("{}: HTTP {}", path, answer.status));
  }
  return accept(answer.body);
}

bool FeedFetcher::Pause(unsigned attempt, unsigned at_least_seconds) {
  const unsigned doubled = 1U << std::min(attempt - 1, 10U);
  const unsigned seconds =
      std::max(std::min(doubled, kLongestPause), std::min(at_least_seconds, kLongestAskedPause));
  return world_.sleep(std::chrono::seconds(seconds));
}

fs::path FeedFetcher::PagePath(uint64_t page) const {
  return partial_ / fmt::format("{}.xml", page);
}

}  // namespace kyujin::indexer
