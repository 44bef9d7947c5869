#include "indexer/disk_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/temporary_folder.h"

namespace kyujin::indexer {
namespace {

using testing::HasSubstr;

TEST(DiskSpaceTest, WhatFitsIsNoError) {
  const test::TemporaryFolder folder;
  EXPECT_TRUE(CheckDiskSpace(folder.path(), 0, "the records").has_value());
}

TEST(DiskSpaceTest, WhatDoesNotFitIsToldWithBothSizes) {
  const test::TemporaryFolder folder;
  const Status status = CheckDiskSpace(folder.path(), uint64_t{1} << 60, "the records");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(status.error().message, HasSubstr(folder.path().string()));
  EXPECT_THAT(status.error().message, HasSubstr("the records needs about 1073741824.0 GiB"));
  EXPECT_THAT(status.error().message, HasSubstr("B free"));
}

TEST(DiskSpaceTest, AFolderThatIsNotThereIsLeftToOthers) {
  EXPECT_TRUE(CheckDiskSpace("/does/not/exist", UINT64_MAX, "the records").has_value());
}

}  // namespace
}  // namespace kyujin::indexer
