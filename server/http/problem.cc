#include "server/http/problem.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/json.h"

namespace kyujin::http {
namespace {

struct StatusText {
  int status;
  std::string_view slug;
  std::string_view title;
};

constexpr std::array kStatusTexts = {
    StatusText{400, "bad-request", "リクエストの形式が正しくありません"},
    StatusText{401, "unauthorized", "認証が必要です"},
    StatusText{403, "forbidden", "この操作は許可されていません"},
    StatusText{404, "not-found", "見つかりません"},
    StatusText{405, "method-not-allowed", "このメソッドは使えません"},
    StatusText{406, "not-acceptable", "求められた形式では返せません"},
    StatusText{408, "request-timeout", "リクエストの受信が時間内に終わりませんでした"},
    StatusText{410, "gone", "すでに掲載が終わっています"},
    StatusText{411, "length-required", "Content-Length が必要です"},
    StatusText{413, "content-too-large", "リクエストの本文が大きすぎます"},
    StatusText{414, "uri-too-long", "URL が長すぎます"},
    StatusText{415, "unsupported-media-type", "この形式の本文は受け付けていません"},
    StatusText{417, "expectation-failed", "Expect ヘッダーの要求には応じられません"},
    StatusText{422, "unprocessable", "指定された値を使えません"},
    StatusText{429, "too-many-requests", "リクエストが多すぎます"},
    StatusText{431, "header-too-large", "リクエストヘッダーが大きすぎます"},
    StatusText{500, "internal", "サーバー内部でエラーが発生しました"},
    StatusText{501, "not-implemented", "このメソッドには対応していません"},
    StatusText{503, "unavailable", "ただいま混み合っています。しばらくしてからお試しください"},
    StatusText{505, "version-not-supported", "この HTTP バージョンには対応していません"},
};

StatusText TextOf(int status) {
  const auto* found = std::find_if(kStatusTexts.begin(),
                                   kStatusTexts.end(),
                                   [&](const StatusText& text) { return text.status == status; });
  if (found != kStatusTexts.end()) {
    return *found;
  }
  return status < 500 ? StatusText{status, "client-error", "リクエストを処理できません"}
                      : StatusText{status, "server-error", "サーバーで処理できませんでした"};
}

}  // namespace

HttpResponse Problem(int status,
                     std::string_view type_slug,
                     std::string_view title,
                     std::string_view detail,
                     std::string_view errors_json) {
  JsonWriter json;
  json.StartObject();
  json.Member("type", std::string(kProblemTypePrefix).append(type_slug));
  json.Member("title", title);
  json.MemberInt("status", status);
  if (!detail.empty()) {
    json.Member("detail", detail);
  }
  if (!errors_json.empty()) {
    json.Key("errors");
    json.Raw(errors_json);
  }
  json.EndObject();
  return {.status = status,
          .content_type = "application/problem+json",
          .headers = {{"Cache-Control", "no-store"}},
          .body = std::string(json.view())};
}

HttpResponse StatusProblem(int status, std::string_view detail) {
  const StatusText text = TextOf(status);
  HttpResponse response = Problem(status, text.slug, text.title, detail);
  if (status == 429 || status == 503) {
    response.headers.emplace_back("Retry-After", "1");
  }
  return response;
}

}  // namespace kyujin::http
