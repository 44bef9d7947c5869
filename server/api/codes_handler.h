// GET /v1/codes and /v1/codes/{table}: the code tables of dict/ (API.md 6).
#pragma once

#include <map>
#include <string>

#include "server/http/router.h"

namespace kyujin::api {

// The tables never change while the program runs, so their answers are written once. Thread rule:
// **Immutable.**
class CodesHandler {
 public:
  CodesHandler();

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

  [[nodiscard]] http::HttpResponse List(const http::HttpRequest& request) const;
  // 404 for a table that does not exist.
  [[nodiscard]] http::HttpResponse Table(const http::HttpRequest& request,
                                         std::string_view table) const;

 private:
  struct Answer {
    std::string body;
    std::string tag;
  };

  static http::HttpResponse Send(const http::HttpRequest& request, const Answer& answer);

  Answer list_;
  std::map<std::string, Answer, std::less<>> tables_;
};

}  // namespace kyujin::api
