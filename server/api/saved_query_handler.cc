#include "server/api/saved_query_handler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/search/name_check.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/api/request_body.h"
#include "server/api/restricted_search.h"
#include "server/http/problem.h"
#include "server/http/url.h"
#include "server/store/token_text.h"

namespace kyujin::api {
namespace {

constexpr size_t kMaxIdempotencyKey = 255;
constexpr std::string_view kCollection = "/v1/saved-queries";
constexpr std::string_view kOne = "/v1/saved-queries/{id}";
constexpr std::string_view kResults = "/v1/saved-queries/{id}/results";
constexpr std::string_view kSeen = "/v1/saved-queries/{id}/seen";

// What is no id names nothing.
int64_t IdOf(const ActorCall& call) {
  const std::string_view text = call.path.Get("id");
  int64_t id = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && text == std::to_string(id) ? id : -1;
}

http::HttpResponse LimitReached(uint32_t limit) {
  return http::Problem(
      409,
      "limit-reached",
      fmt::format("保存できる検索条件は{}件までです。使わないものを削除してください", limit),
      fmt::format("The user has {} saved queries.", limit));
}

// The key of the call, if it has one; or the refusal of what is none.
std::variant<std::optional<store::IdempotencyKey>, http::HttpResponse> KeyOf(
    const http::HttpRequest& request) {
  const auto key = request.Header("Idempotency-Key");
  if (!key) {
    return std::optional<store::IdempotencyKey>();
  }
  const bool is_printable = std::all_of(key->begin(), key->end(), [](char character) {
    return character >= 0x20 && character < 0x7F;
  });
  if (key->empty() || key->size() > kMaxIdempotencyKey || !is_printable) {
    return http::StatusProblem(400, "Idempotency-Key: 1 to 255 printable ASCII characters.");
  }
  return std::optional(store::IdempotencyKey{std::string(*key), store::DigestOf(request.body)});
}

// Takes `unseen` out of the parameters. Nothing: it is neither 0 nor 1, or comes twice.
std::optional<bool> TakeUnseen(query::ParameterPairs* pairs) {
  bool is_unseen = false;
  size_t given = 0;
  bool is_understood = true;
  for (const auto& [name, value] : *pairs) {
    if (name == "unseen" && !value.empty()) {
      is_unseen = value == "1";
      is_understood = is_understood && (value == "0" || value == "1");
      ++given;
    }
  }
  std::erase_if(*pairs, [](const auto& pair) { return pair.first == "unseen"; });
  return is_understood && given <= 1 ? std::optional(is_unseen) : std::nullopt;
}

}  // namespace

void SavedQueryHandler::AddRoutes(http::Router* router) {
  const auto add = [&](std::string_view method,
                       std::string_view pattern,
                       http::HttpResponse (SavedQueryHandler::*handle)(const ActorCall&)) {
    router->Add(method, pattern, services_.access.ForUser([this, handle](const ActorCall& call) {
      return (this->*handle)(call);
    }));
  };
  add("POST", kCollection, &SavedQueryHandler::Create);
  add("GET", kCollection, &SavedQueryHandler::List);
  add("GET", kOne, &SavedQueryHandler::Get);
  add("PATCH", kOne, &SavedQueryHandler::Change);
  add("DELETE", kOne, &SavedQueryHandler::Delete);
  add("GET", kResults, &SavedQueryHandler::Results);
  add("PUT", kSeen, &SavedQueryHandler::MarkSeen);
}

std::string SavedQueryHandler::Written(const store::SavedQuery& saved, const ActorCall& call) {
  const auto outcome = query::ParseFrozenQuery(saved.canonical, AnalyzerOf(call));
  JsonWriter json;
  WriteSavedQuery(saved, outcome.errors, nullptr, &json);
  return std::string(json.view());
}

http::HttpResponse SavedQueryHandler::Create(const ActorCall& call) {
  constexpr std::array<std::string_view, 3> kMembers = {"name", "query", "notify"};
  auto read = ReadBody(call.request, kMembers);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  const auto& body = std::get<JsonValue>(read);
  auto members = ReadSavedQueryMembers(body);
  if (auto* refusal = std::get_if<http::HttpResponse>(&members)) {
    return std::move(*refusal);
  }
  auto& change = std::get<store::SavedQueryChange>(members);
  if (!change.name) {
    return MemberProblem("name", "", "missing");
  }
  auto key = KeyOf(call.request);
  if (auto* refusal = std::get_if<http::HttpResponse>(&key)) {
    return std::move(*refusal);
  }
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  auto frozen = Freeze(body, *snapshot, call);
  if (auto* refusal = std::get_if<http::HttpResponse>(&frozen)) {
    return std::move(*refusal);
  }
  auto& query = std::get<query::FrozenQuery>(frozen);
  const auto counts = Count(query, *snapshot, call);
  if (!counts.has_value()) {
    return ReadFailure(counts.error(), "saved query", &services_.observer);
  }
  store::NewSavedQuery made;
  made.name = *std::move(change.name);
  made.canonical = std::move(query.canonical);
  made.typed = std::move(query.typed_words);
  made.notify = change.notify.value_or(store::Notify::kOff);
  made.seen = {snapshot->index_id(), snapshot->generation()};
  made.max_per_user = services_.max_per_user;
  return Keep(call, made, std::get<std::optional<store::IdempotencyKey>>(key), *counts);
}

http::HttpResponse SavedQueryHandler::Keep(const ActorCall& call,
                                           const store::NewSavedQuery& made,
                                           const std::optional<store::IdempotencyKey>& key,
                                           const SavedQueryCounts& counts) {
  auto answer =
      services_.store.CreateSavedQuery(call.actor, made, key, [&](const store::SavedQuery& saved) {
        JsonWriter json;
        WriteSavedQuery(saved, {}, &counts, &json);
        return std::string(json.view());
      });
  if (answer.has_value()) {
    http::HttpResponse response = JsonResponse(*std::move(answer), kNoStore);
    response.status = 201;
    return response;
  }
  switch (answer.error().code) {
    case ErrorCode::kResourceExhausted:
      return LimitReached(services_.max_per_user);
    case ErrorCode::kInvalidArgument:
      return http::StatusProblem(422, answer.error().message);
    default:
      return StoreFailure(answer.error(), "save a query", &services_.observer);
  }
}

SavedQueryHandler::Frozen SavedQueryHandler::Freeze(const JsonValue& body,
                                                    const index::Snapshot& snapshot,
                                                    const ActorCall& call) {
  const JsonValue* search = body.Find("query");
  if (search == nullptr || search->object() == nullptr) {
    return MemberProblem("query", "", "not a JSON object of search parameters");
  }
  const query::ParseOutcome outcome = query::ParseSearchJson(*search, AnalyzerOf(call));
  if (!outcome.has_request()) {
    return ParameterProblem(outcome.errors);
  }
  if (auto unknown = search::CheckNames(outcome.request, snapshot); !unknown.empty()) {
    return ParameterProblem(unknown);
  }
  query::FreezeOutcome frozen = query::FreezeRequest(outcome.request);
  if (!frozen.has_query()) {
    return ParameterProblem(frozen.errors);
  }
  return std::move(frozen.query);
}

Result<SavedQueryCounts> SavedQueryHandler::Count(const query::FrozenQuery& frozen,
                                                  const index::Snapshot& snapshot,
                                                  const ActorCall& call) {
  query::ParseOutcome outcome = query::ParseFrozenQuery(frozen.canonical, AnalyzerOf(call));
  if (!outcome.has_request()) {
    return Internal("a query cannot be read right after it was frozen: " + frozen.canonical);
  }
  query::SearchRequest& search = outcome.request;
  search.limit = 0;
  SavedQueryCounts counts;
  KYUJIN_ASSIGN_OR_RETURN(counts.total, Total(search, snapshot, call));
  query::ReceivedFilter recent;
  recent.within_days = kPreviewDays - 1;  // today is one of them
  search.filters.push_back({schema::FilterGroup::kNone, recent});
  KYUJIN_ASSIGN_OR_RETURN(counts.received, Total(search, snapshot, call));
  return counts;
}

Result<uint64_t> SavedQueryHandler::Total(const query::SearchRequest& search,
                                          const index::Snapshot& snapshot,
                                          const ActorCall& call) {
  SearchWorker& worker = workers_[call.context.worker_index];
  KYUJIN_ASSIGN_OR_RETURN(const search::SearchResult found,
                          services_.searcher.Search(search,
                                                    {snapshot,
                                                     worker.search,
                                                     services_.calendar.Today(),
                                                     call.context.deadline,
                                                     &worker.analyzer}));
  return found.total;
}

http::HttpResponse SavedQueryHandler::List(const ActorCall& call) {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const auto all = services_.store.SavedQueries(call.actor.user);
  if (!all.has_value()) {
    return StoreFailure(all.error(), "list saved queries", &services_.observer);
  }
  JsonWriter json;
  json.StartObject();
  json.Key("saved_queries");
  json.StartArray();
  for (const store::SavedQuery& saved : *all) {
    json.Raw(Written(saved, call));
  }
  json.EndArray();
  json.MemberUint("max", services_.max_per_user);
  json.EndObject();
  return JsonResponse(std::string(json.view()), kNoStore);
}

http::HttpResponse SavedQueryHandler::Get(const ActorCall& call) {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const auto saved = services_.store.FindSavedQuery(call.actor.user, IdOf(call));
  return saved.has_value() ? JsonResponse(Written(*saved, call), kNoStore)
                           : StoreFailure(saved.error(), "find a saved query", &services_.observer);
}

http::HttpResponse SavedQueryHandler::Change(const ActorCall& call) {
  constexpr std::array<std::string_view, 3> kMembers = {"name", "notify", "paused"};
  auto read = ReadBody(call.request, kMembers);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  auto members = ReadSavedQueryMembers(std::get<JsonValue>(read));
  if (auto* refusal = std::get_if<http::HttpResponse>(&members)) {
    return std::move(*refusal);
  }
  const auto saved = services_.store.ChangeSavedQuery(
      call.actor, IdOf(call), std::get<store::SavedQueryChange>(members));
  return saved.has_value()
             ? JsonResponse(Written(*saved, call), kNoStore)
             : StoreFailure(saved.error(), "change a saved query", &services_.observer);
}

http::HttpResponse SavedQueryHandler::Delete(const ActorCall& call) {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const Status deleted = services_.store.DeleteSavedQuery(call.actor, IdOf(call));
  return deleted.has_value()
             ? NoContent()
             : StoreFailure(deleted.error(), "delete a saved query", &services_.observer);
}

http::HttpResponse SavedQueryHandler::MarkSeen(const ActorCall& call) {
  constexpr std::array<std::string_view, 1> kMembers = {"generation"};
  auto read = ReadBody(call.request, kMembers);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  const JsonValue* generation = std::get<JsonValue>(read).Find("generation");
  if (generation == nullptr || generation->integer() == nullptr || *generation->integer() < 0) {
    return MemberProblem("generation", "", "not a generation as a search answer gives it");
  }
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  const Status marked = services_.store.MarkSeen(
      call.actor.user,
      IdOf(call),
      {snapshot->index_id(), static_cast<uint64_t>(*generation->integer())});
  return marked.has_value()
             ? NoContent()
             : StoreFailure(marked.error(), "mark results as seen", &services_.observer);
}

http::HttpResponse SavedQueryHandler::Results(const ActorCall& call) {
  if (!AcceptsJson(call.request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  const auto saved = services_.store.FindSavedQuery(call.actor.user, IdOf(call));
  if (!saved.has_value()) {
    return StoreFailure(saved.error(), "find a saved query", &services_.observer);
  }
  const query::ParseOutcome outcome = query::ParseFrozenQuery(saved->canonical, AnalyzerOf(call));
  return outcome.has_request() ? Run(*saved, outcome.request, call)
                               : ParameterProblem(outcome.errors);
}

http::HttpResponse SavedQueryHandler::Run(const store::SavedQuery& saved,
                                          const query::SearchRequest& search,
                                          const ActorCall& call) {
  auto pairs = http::ParseQuery(call.request.query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  const std::optional<bool> is_unseen = TakeUnseen(&*pairs);
  if (!is_unseen) {
    return MemberProblem("unseen", "", "not 0 or 1");
  }
  query::ParseOutcome outcome = RestrictSearch(search, *pairs, AnalyzerOf(call));
  if (!outcome.has_request()) {
    return ParameterProblem(outcome.errors);
  }
  const auto snapshot = services_.snapshots.Get();
  if (*is_unseen && snapshot != nullptr) {
    const auto numbers = unseen_.After(saved.seen, *snapshot);
    if (!numbers.has_value()) {
      return ReadFailure(numbers.error(), "unseen postings", &services_.observer);
    }
    if (*numbers) {
      RestrictToNumbers(***numbers,
                        fmt::format("{}-{}", saved.seen.generation, snapshot->generation()),
                        &outcome.request);
    }
  }
  if (const auto errors = TakeCursor(*pairs, &outcome.request); !errors.empty()) {
    return ParameterProblem(errors);
  }
  return services_.search_handler.Answer(outcome.request, &call.request, call.context);
}

}  // namespace kyujin::api
