#include "server/api/error_response.h"

#include <algorithm>
#include <string>

#include "engine/base/json.h"
#include "server/http/problem.h"
#include "server/store/token_text.h"

namespace kyujin::api {
namespace {

std::string ErrorsJson(const std::vector<query::ParameterError>& errors) {
  JsonWriter json;
  json.StartArray();
  for (const query::ParameterError& error : errors) {
    json.StartObject();
    json.Member("parameter", store::WithoutTokens(error.parameter));
    json.Member("value", store::WithoutTokens(error.value));
    json.Member("reason", error.reason);
    json.Key("suggestions");
    json.StartArray();
    for (const query::Suggestion& suggestion : error.suggestions) {
      json.StartObject();
      json.Member("code", suggestion.code);
      json.Member("label", suggestion.label);
      json.EndObject();
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  return std::string(json.view());
}

}  // namespace

int HttpStatus(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kGone:
      return 410;
    case ErrorCode::kUnavailable:
    case ErrorCode::kDeadlineExceeded:
    case ErrorCode::kResourceExhausted:
      return 503;
    case ErrorCode::kCorruption:
    case ErrorCode::kInternal:
      break;
  }
  return 500;
}

http::HttpResponse ErrorResponse(const Error& error) {
  const int status = HttpStatus(error.code);
  return http::StatusProblem(status,
                             status == 500 ? "The failure has been logged." : error.message);
}

http::HttpResponse ReadFailure(const Error& error,
                               std::string_view where,
                               http::HttpObserver* observer) {
  if (error.code == ErrorCode::kDeadlineExceeded) {
    return ErrorResponse(error);
  }
  observer->OnFailure(where, error.message);
  return ErrorResponse(Internal(error.message));
}

http::HttpResponse StoreFailure(const Error& error,
                                std::string_view where,
                                http::HttpObserver* observer) {
  if (error.code == ErrorCode::kNotFound) {
    return ErrorResponse(error);
  }
  observer->OnFailure(where, error.message);
  return error.code == ErrorCode::kUnavailable
             ? http::StatusProblem(503, "The store cannot be reached now.")
             : ErrorResponse(Internal(error.message));
}

http::HttpResponse NoGeneration() {
  return ErrorResponse(Unavailable("no index generation is loaded yet"));
}

http::HttpResponse ParameterProblem(const std::vector<query::ParameterError>& errors) {
  const bool is_malformed =
      std::any_of(errors.begin(), errors.end(), [](const query::ParameterError& error) {
        return error.fault == query::ParameterFault::kMalformed;
      });
  const std::string detail =
      store::WithoutTokens(errors.front().parameter) + ": " + errors.front().reason;
  return is_malformed ? http::Problem(400,
                                      "invalid-parameters",
                                      "パラメーターの形式が正しくありません",
                                      detail,
                                      ErrorsJson(errors))
                      : http::Problem(422,
                                      "unknown-values",
                                      "指定された値が見つかりません",
                                      detail,
                                      ErrorsJson(errors));
}

std::optional<http::HttpResponse> RefuseParameters(std::string_view raw_query) {
  const auto pairs = http::ParseQuery(raw_query);
  if (!pairs.has_value()) {
    return ErrorResponse(pairs.error());
  }
  std::vector<query::ParameterError> errors;
  for (const auto& [name, value] : *pairs) {
    if (errors.size() < query::kMaxErrors) {
      errors.push_back(query::MakeParameterError(name, value, "unknown parameter"));
    }
  }
  return errors.empty() ? std::nullopt : std::optional(ParameterProblem(errors));
}

}  // namespace kyujin::api
