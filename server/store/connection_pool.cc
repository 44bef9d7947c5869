#include "server/store/connection_pool.h"

namespace kyujin::store {
namespace {

constexpr std::chrono::seconds kMaxWait{5};

}  // namespace

ConnectionPool::Lease::~Lease() {
  if (connection_ != nullptr) {
    pool_->GiveBack(std::move(connection_));
  }
}

Result<ConnectionPool::Lease> ConnectionPool::Take() {
  {
    const MutexLock lock(mutex_);
    const auto until = std::chrono::steady_clock::now() + kMaxWait;
    while (lent_ >= max_connections_) {
      if (!given_back_.WaitUntil(mutex_, until) && lent_ >= max_connections_) {
        return Unavailable("the store is overloaded: no connection became free in time");
      }
    }
    ++lent_;
    if (!idle_.empty()) {
      std::unique_ptr<SqlConnection> connection = std::move(idle_.back());
      idle_.pop_back();
      return Lease(this, std::move(connection));
    }
  }
  auto opened = opener_();
  if (!opened.has_value()) {
    GiveBack(nullptr);
    return opened.error();
  }
  return Lease(this, std::move(*opened));
}

void ConnectionPool::DropIdle() {
  std::vector<std::unique_ptr<SqlConnection>> dropped;
  const MutexLock lock(mutex_);
  dropped.swap(idle_);
}

void ConnectionPool::GiveBack(std::unique_ptr<SqlConnection> connection) {
  {
    const MutexLock lock(mutex_);
    --lent_;
    if (connection != nullptr && !connection->is_broken()) {
      idle_.push_back(std::move(connection));
    }
  }
  given_back_.NotifyOne();
}

}  // namespace kyujin::store
