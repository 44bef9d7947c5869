// What the integration tests share: the programs under test, small feeds, and an index built of
// them by the real kyujin-index.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/testing/child_process.h"
#include "tests/testing/temporary_folder.h"

namespace kyujin::test {

// Paths of the programs; tests say where they were built.
std::filesystem::path IndexerProgram();
std::filesystem::path ServerProgram();

// The day of Japan the samples are made for.
inline constexpr std::string_view kSampleToday = "2026-11-22";

// A posting of `serial` (above 0) that is open on kSampleToday.
std::string SampleRecord(unsigned serial, std::string_view title = "調理補助");
std::string SampleNumber(unsigned serial);
// A page of `records`, which are XML.
std::string SamplePage(std::string_view records);
// A page of postings 1 to `count`.
std::string SamplePage(unsigned count, std::string_view title = "調理補助");

// The arguments of `kyujin-index build` from `input` into `index`.
std::vector<std::string> BuildCommand(const std::filesystem::path& input,
                                      const std::filesystem::path& index);
inline Outcome Build(const std::filesystem::path& input, const std::filesystem::path& index) {
  return RunProgram(BuildCommand(input, index));
}

// Writes `bytes`, and the folders above where they are missing. Returns `path`.
std::filesystem::path WriteInput(const std::filesystem::path& path, std::string_view bytes);

// Everything a reader of the index could see: the bytes of each file below `index` by name, but for
// the writer's lock and the log of rejects.
std::map<std::string, std::string> IndexFiles(const std::filesystem::path& index);

// How many postings a server finds in `index`, or -1 when it does not start.
int64_t CountServed(const std::filesystem::path& index);

}  // namespace kyujin::test
