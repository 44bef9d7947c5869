#include "server/api/job_handler.h"

#include <fmt/format.h>

#include <string>

#include "engine/schema/posting_writer.h"
#include "server/api/content_negotiation.h"
#include "server/api/error_response.h"
#include "server/http/problem.h"

namespace kyujin::api {

namespace {

constexpr int kRememberedDays = 90;

}  // namespace

JobState StateOf(const schema::JobPosting& posting, Date today) {
  if (!posting.deadline || *posting.deadline >= today) {
    return JobState::kOpen;
  }
  return posting.deadline->PlusDays(kRememberedDays) >= today ? JobState::kGone
                                                              : JobState::kForgotten;
}

void JobHandler::AddRoutes(http::Router* router) const {
  router->Add(
      "GET",
      "/v1/jobs/{number}",
      [this](const http::HttpRequest& request,
             const http::PathParameters& path,
             const http::HandlerContext& /*context*/) { return Get(request, path.Get("number")); });
}

http::HttpResponse JobHandler::Get(const http::HttpRequest& request,
                                   std::string_view number) const {
  if (auto refusal = RefuseParameters(request.query)) {
    return *std::move(refusal);
  }
  if (!AcceptsJson(request)) {
    return http::StatusProblem(406, "The answer is application/json.");
  }
  const auto parsed = schema::PostingNumber::Parse(number);
  if (!parsed.has_value()) {
    return ParameterProblem({query::MakeParameterError(
        "number", number, "not a posting number (求人番号) such as 13010-12345678")});
  }
  return Read(request, *parsed);
}

http::HttpResponse JobHandler::Read(const http::HttpRequest& request,
                                    schema::PostingNumber number) const {
  const auto snapshot = snapshots_.Get();
  if (snapshot == nullptr) {
    return NoGeneration();
  }
  const auto address = snapshot->Find(number);
  if (!address) {
    return Missing(number);
  }
  const auto posting = snapshot->ReadPosting(*address);
  if (!posting.has_value()) {
    return ReadFailure(posting.error(), "read posting " + number.ToString(), &observer_);
  }
  const Date today = calendar_.Today();
  switch (StateOf(*posting, today)) {
    case JobState::kForgotten:
      return ErrorResponse(NotFound("no posting has the number " + number.ToString()));
    case JobState::kGone:
      return ErrorResponse(
          {ErrorCode::kGone, "the posting ended on " + posting->deadline->ToString()});
    case JobState::kOpen:
      break;
  }
  const std::string tag = WeakTag(fmt::format(
      "{}/{}/{}/{}", snapshot->index_id(), snapshot->generation(), today.days(), number.value()));
  if (HasCurrent(request, tag)) {
    return NotModified(tag, kRevalidate);
  }
  JsonWriter json;
  schema::WritePosting(*posting, today, &json);
  return JsonResponse(std::string(json.view()), kRevalidate, tag);
}

http::HttpResponse JobHandler::Missing(schema::PostingNumber number) const {
  const auto day = removed_ == nullptr ? std::nullopt : removed_->RemovedOn(number.value());
  if (day && day->PlusDays(kRememberedDays) >= calendar_.Today()) {
    return ErrorResponse({ErrorCode::kGone, "the posting was removed on " + day->ToString()});
  }
  return ErrorResponse(NotFound("no posting has the number " + number.ToString()));
}

}  // namespace kyujin::api
