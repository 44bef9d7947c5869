#include "engine/index/change_feed.h"

#include <charconv>

#include "engine/base/coding.h"
#include "engine/base/hash.h"
#include "engine/index/manifest.h"

namespace kyujin::index {
namespace {

constexpr size_t kHexDigits = 16;
constexpr size_t kNumbers = 4;  // index id, generation, offset, checksum

uint64_t ChecksumOf(const ChangePosition& position) {
  std::string bytes;
  AppendFixed(&bytes, position.index_id);
  AppendFixed(&bytes, position.generation);
  AppendFixed(&bytes, position.offset);
  return Hash64(bytes);
}

}  // namespace

std::string EncodeChangePosition(const ChangePosition& position) {
  return ToHex(position.index_id) + ToHex(position.generation) + ToHex(position.offset) +
         ToHex(ChecksumOf(position));
}

Result<ChangePosition> DecodeChangePosition(std::string_view token) {
  const Error error = InvalidArgument("not a token of the change feed");
  if (token.size() != kNumbers * kHexDigits) {
    return error;
  }
  uint64_t numbers[kNumbers]{};
  for (size_t i = 0; i < kNumbers; ++i) {
    const char* begin = token.data() + i * kHexDigits;
    const auto [end, code] = std::from_chars(begin, begin + kHexDigits, numbers[i], 16);
    if (code != std::errc() || end != begin + kHexDigits) {
      return error;
    }
  }
  const ChangePosition position{numbers[0], numbers[1], numbers[2]};
  return numbers[3] == ChecksumOf(position) ? Result<ChangePosition>(position) : error;
}

ChangePosition NowOf(const Snapshot& snapshot) {
  return {snapshot.index_id(), snapshot.generation() + 1, 0};
}

Result<ChangePage> ReadChanges(const Snapshot& snapshot,
                               const ChangePosition& since,
                               size_t limit) {
  if (since.index_id != snapshot.index_id()) {
    return Error{ErrorCode::kGone, "the token is of another index"};
  }
  if (since.generation < snapshot.manifest().changes_from) {
    return Error{ErrorCode::kGone, "the token is older than the changes that are kept"};
  }
  ChangePage page{{}, since, false};
  while (page.next.generation <= snapshot.generation() && !page.has_more) {
    const auto list = ReadChangeList(snapshot.directory() / ChangeFileName(page.next.generation));
    if (!list.has_value()) {
      // The writer has removed it meanwhile.
      return list.error().code == ErrorCode::kNotFound
                 ? Error{ErrorCode::kGone, "the token is older than the changes that are kept"}
                 : list.error();
    }
    if (list->index_id != since.index_id || list->generation != page.next.generation) {
      return Corruption(ChangeFileName(page.next.generation) + " is of another generation");
    }
    uint64_t at = page.next.offset;
    for (; at < list->changes.size() && page.entries.size() < limit; ++at) {
      page.entries.push_back({list->changes[at], list->generation});
    }
    page.has_more = at < list->changes.size();
    page.next = page.has_more ? ChangePosition{since.index_id, list->generation, at}
                              : ChangePosition{since.index_id, list->generation + 1, 0};
  }
  return page;
}

}  // namespace kyujin::index
