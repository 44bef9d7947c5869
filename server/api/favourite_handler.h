// /v1/favourites (API.md 7): postings that people keep, with what changed since.
#pragma once

#include <optional>

#include "server/api/favourite_changes.h"
#include "server/api/people_services.h"

namespace kyujin::api {

// Thread rule: **Thread-safe.**
class FavouriteHandler {
 public:
  explicit FavouriteHandler(const PeopleServices& services) : services_(services) {}

  // Adds its routes. The handler must outlive the router.
  void AddRoutes(http::Router* router) const;

 private:
  [[nodiscard]] http::HttpResponse List(const ActorCall& call) const;
  [[nodiscard]] http::HttpResponse Get(const ActorCall& call) const;
  // Keeping what is kept already changes nothing: it stays as it was then.
  [[nodiscard]] http::HttpResponse Put(const ActorCall& call) const;
  [[nodiscard]] http::HttpResponse Delete(const ActorCall& call) const;

  // Writes one favourite as it is in `snapshot`. Errors: kCorruption.
  Status Write(const store::Favourite& kept,
               const index::Snapshot& snapshot,
               JsonWriter* json) const;
  [[nodiscard]] http::HttpResponse Answer(const store::Favourite& kept,
                                          const index::Snapshot& snapshot) const;

  PeopleServices services_;
};

}  // namespace kyujin::api
