#include "server/api/favourite_handler.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/api/job_handler.h"
#include "server/api/request_body.h"
#include "server/http/problem.h"

namespace kyujin::api {
namespace {

constexpr std::string_view kCollection = "/v1/favourites";
constexpr std::string_view kOne = "/v1/favourites/{number}";

// The number in the path, or the refusal.
std::variant<schema::PostingNumber, http::HttpResponse> NumberOf(const ActorCall& call) {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const auto number = schema::PostingNumber::Parse(call.path.Get("number"));
  if (!number.has_value()) {
    return MemberProblem("number",
                         call.path.Get("number"),
                         "not a posting number (求人番号) such as 13010-12345678");
  }
  return *number;
}

http::HttpResponse LimitReached(uint32_t limit) {
  return http::Problem(409,
                       "limit-reached",
                       fmt::format("お気に入りは{}件までです。不要なものを外してください", limit),
                       fmt::format("The user has {} favourites.", limit));
}

}  // namespace

void FavouriteHandler::AddRoutes(http::Router* router) const {
  const auto add = [&](std::string_view method,
                       std::string_view pattern,
                       http::HttpResponse (FavouriteHandler::*handle)(const ActorCall&) const) {
    router->Add(method, pattern, services_.access.ForUser([this, handle](const ActorCall& call) {
      return (this->*handle)(call);
    }));
  };
  add("GET", kCollection, &FavouriteHandler::List);
  add("GET", kOne, &FavouriteHandler::Get);
  add("PUT", kOne, &FavouriteHandler::Put);
  add("DELETE", kOne, &FavouriteHandler::Delete);
}

Status FavouriteHandler::Write(const store::Favourite& kept,
                               const index::Snapshot& snapshot,
                               JsonWriter* json) const {
  PostingNow now;
  now.today = services_.calendar.Today();
  const auto address = snapshot.Find(schema::PostingNumber::FromValue(kept.number));
  if (!address) {
    now.gone = services_.removed.RemovedOn(kept.number);
    WriteFavourite(kept, now, json);
    return {};
  }
  KYUJIN_ASSIGN_OR_RETURN(const schema::JobPosting posting, snapshot.ReadPosting(*address));
  now.posting = &posting;
  if (StateOf(posting, now.today) != JobState::kOpen) {
    now.gone = posting.deadline;
  }
  WriteFavourite(kept, now, json);
  return {};
}

http::HttpResponse FavouriteHandler::Answer(const store::Favourite& kept,
                                            const index::Snapshot& snapshot) const {
  JsonWriter json;
  if (const Status status = Write(kept, snapshot, &json); !status.has_value()) {
    return ReadFailure(status.error(), "favourite", &services_.observer);
  }
  return JsonResponse(std::string(json.view()), kNoStore);
}

http::HttpResponse FavouriteHandler::List(const ActorCall& call) const {
  if (auto refusal = RefuseForm(call.request)) {
    return *std::move(refusal);
  }
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  const auto all = services_.store.Favourites(call.actor.user);
  if (!all.has_value()) {
    return StoreFailure(all.error(), "list favourites", &services_.observer);
  }
  JsonWriter json;
  json.StartObject();
  json.Key("favourites");
  json.StartArray();
  for (const store::Favourite& kept : *all) {
    if (const Status status = Write(kept, *snapshot, &json); !status.has_value()) {
      return ReadFailure(status.error(), "favourites", &services_.observer);
    }
  }
  json.EndArray();
  json.MemberUint("max", services_.max_favourites);
  json.EndObject();
  return JsonResponse(std::string(json.view()), kNoStore);
}

http::HttpResponse FavouriteHandler::Get(const ActorCall& call) const {
  auto number = NumberOf(call);
  if (auto* refusal = std::get_if<http::HttpResponse>(&number)) {
    return std::move(*refusal);
  }
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  const auto kept = services_.store.FindFavourite(call.actor.user,
                                                  std::get<schema::PostingNumber>(number).value());
  return kept.has_value() ? Answer(*kept, *snapshot)
                          : StoreFailure(kept.error(), "find a favourite", &services_.observer);
}

http::HttpResponse FavouriteHandler::Put(const ActorCall& call) const {
  auto read = NumberOf(call);
  if (auto* refusal = std::get_if<http::HttpResponse>(&read)) {
    return std::move(*refusal);
  }
  const auto number = std::get<schema::PostingNumber>(read);
  const auto snapshot = services_.snapshots.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  // What is kept already may be gone meanwhile.
  const auto known = services_.store.FindFavourite(call.actor.user, number.value());
  if (known.has_value()) {
    return Answer(*known, *snapshot);
  }
  if (known.error().code != ErrorCode::kNotFound) {
    return StoreFailure(known.error(), "find a favourite", &services_.observer);
  }
  const auto address = snapshot->Find(number);
  if (!address) {
    return ErrorResponse(NotFound("no posting has the number " + number.ToString()));
  }
  const auto posting = snapshot->ReadPosting(*address);
  if (!posting.has_value()) {
    return ReadFailure(posting.error(), "keep a favourite", &services_.observer);
  }
  if (StateOf(*posting, services_.calendar.Today()) != JobState::kOpen) {
    return ErrorResponse({ErrorCode::kGone, "the posting has ended"});
  }
  const auto kept = services_.store.AddFavourite(
      call.actor.user, FavouriteOf(*posting), services_.max_favourites);
  if (kept.has_value()) {
    return Answer(*kept, *snapshot);
  }
  return kept.error().code == ErrorCode::kResourceExhausted
             ? LimitReached(services_.max_favourites)
             : StoreFailure(kept.error(), "keep a favourite", &services_.observer);
}

http::HttpResponse FavouriteHandler::Delete(const ActorCall& call) const {
  auto number = NumberOf(call);
  if (auto* refusal = std::get_if<http::HttpResponse>(&number)) {
    return std::move(*refusal);
  }
  const Status deleted = services_.store.DeleteFavourite(
      call.actor.user, std::get<schema::PostingNumber>(number).value());
  if (!deleted.has_value()) {
    return StoreFailure(deleted.error(), "drop a favourite", &services_.observer);
  }
  return NoContent();
}

}  // namespace kyujin::api
