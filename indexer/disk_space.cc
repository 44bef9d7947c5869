#include "indexer/disk_space.h"

#include <fmt/format.h>

#include <system_error>

namespace kyujin::indexer {
namespace {

std::string Shown(uint64_t bytes) {
  constexpr double kMebibyte = 1 << 20;
  const double size = static_cast<double>(bytes) / kMebibyte;
  return size < 1024 ? fmt::format("{:.1f} MiB", size) : fmt::format("{:.1f} GiB", size / 1024);
}

}  // namespace

Status CheckDiskSpace(const std::filesystem::path& folder,
                      uint64_t bytes,
                      std::string_view purpose) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  if (error || space.available >= bytes) {
    return {};
  }
  return ResourceExhausted(
      fmt::format("{}: {} free, but {} needs about {}: nothing is published; make room or take "
                  "another disk",
                  folder.string(),
                  Shown(space.available),
                  purpose,
                  Shown(bytes)));
}

}  // namespace kyujin::indexer
