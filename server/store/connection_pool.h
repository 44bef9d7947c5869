// ConnectionPool: connections on loan, opened when needed, kept for the next.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/mutex.h"
#include "engine/base/result.h"
#include "server/store/sql_connection.h"

namespace kyujin::store {

using ConnectionOpener = std::function<Result<std::unique_ptr<SqlConnection>>()>;

// Thread rule: **Thread-safe.**
class ConnectionPool {
 public:
  // A connection on loan; goes back at the end, unless it broke. Lives no longer than the pool.
  // Thread rule: **Confined to one thread.**
  class Lease {
   public:
    Lease(ConnectionPool* pool, std::unique_ptr<SqlConnection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease();
    Lease(Lease&&) noexcept = default;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;

    [[nodiscard]] SqlConnection& operator*() const { return *connection_; }
    [[nodiscard]] SqlConnection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool* pool_;
    std::unique_ptr<SqlConnection> connection_;
  };

  ConnectionPool(ConnectionOpener opener, size_t max_connections)
      : opener_(std::move(opener)), max_connections_(max_connections) {}

  // Waits for a connection while all are on loan. Errors: those of the opener; kUnavailable when
  // none came back in time.
  Result<Lease> Take();
  // Closes those that nobody has: after one broke, the others are likely to be broken as well.
  void DropIdle();

 private:
  void GiveBack(std::unique_ptr<SqlConnection> connection);

  const ConnectionOpener opener_;
  const size_t max_connections_;
  Mutex mutex_;
  ConditionVariable given_back_;
  std::vector<std::unique_ptr<SqlConnection>> idle_ KYUJIN_GUARDED_BY(mutex_);
  size_t lent_ KYUJIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace kyujin::store
