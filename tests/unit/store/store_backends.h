// StoreBackends: an empty store for each test of the contract, on every database there is.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "server/store/open_store.h"
#include "server/store/postgresql_connection.h"
#include "tests/testing/postgresql_server.h"
#include "tests/testing/temporary_folder.h"
#include "tests/unit/store/manual_clock.h"

namespace kyujin::test {

// One server for all tests of the program, an empty database for each.
inline std::string NewPostgresqlDatabase() {
  static std::string failure;
  static const auto server = PostgresqlServer::Start(&failure);
  static int databases = 0;
  EXPECT_NE(server, nullptr) << failure;
  KYUJIN_CHECK(server != nullptr);
  const std::string name = "store" + std::to_string(++databases);
  const auto connection = store::OpenPostgresql(server->Address("postgres"));
  KYUJIN_CHECK(connection.has_value());
  KYUJIN_CHECK((*connection)->RunScript("CREATE DATABASE " + name).has_value());
  return server->Address(name);
}

// Confined to one thread.
class StoreTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    spec_ = GetParam() == "sqlite" ? "sqlite:" + (folder_ / "store.sqlite").string()
                                   : NewPostgresqlDatabase();
    store_ = Open();
  }

  // Another program on the same database.
  std::unique_ptr<store::Store> Open() {
    auto opened = store::OpenStore(spec_, clock_);
    KYUJIN_CHECK(opened.has_value());
    return std::move(*opened);
  }

  ManualClock clock_;
  TemporaryFolder folder_;
  std::string spec_;
  std::unique_ptr<store::Store> store_;
};

inline auto AllStores() {
  return testing::Values(std::string("sqlite"), std::string("postgresql"));
}

// Unwraps a result that must be there.
template <class T>
T Got(Result<T> result) {
  if (!result.has_value()) {
    ADD_FAILURE() << ErrorCodeName(result.error().code) << ": " << result.error().message;
    return T{};
  }
  return *std::move(result);
}

// The kind of failure; a success fails the test.
template <class T>
ErrorCode CodeOf(const Result<T>& result) {
  EXPECT_FALSE(result.has_value());
  return result.has_value() ? ErrorCode::kInternal : result.error().code;
}

#define EXPECT_OK(expression)                                               \
  do {                                                                      \
    const ::kyujin::Status status_ = (expression);                          \
    EXPECT_TRUE(status_.has_value())                                        \
        << (status_.has_value() ? std::string() : status_.error().message); \
  } while (false)

}  // namespace kyujin::test
