#include "tests/integration/sample_index.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "tests/testing/http_client.h"
#include "tests/testing/server_process.h"

namespace kyujin::test {

namespace fs = std::filesystem;

fs::path IndexerProgram() {
  return fs::path(KYUJIN_BINARY_DIR) / "bin" / "kyujin-index";
}

fs::path ServerProgram() {
  return fs::path(KYUJIN_BINARY_DIR) / "bin" / "kyujin-server";
}

std::string SampleNumber(unsigned serial) {
  return fmt::format("99010-{:08}", serial);
}

std::string SampleRecord(unsigned serial, std::string_view title) {
  return fmt::format(
      "<data><kjno>{}</kjno><uktkymd_seireki>2026/11/20</uktkymd_seireki>"
      "<kjyukoymd>2027/01/31</kjyukoymd><sksu>{}</sksu>"
      "<shigoto_ny>給食の調理と盛り付けをお願いします。</shigoto_ny>"
      "<shgbsjusho1_n>東京都渋谷区</shgbsjusho1_n></data>\n",
      SampleNumber(serial),
      title);
}

std::string SamplePage(std::string_view records) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>\n{}</kyujin></root>\n", records);
}

std::string SamplePage(unsigned count, std::string_view title) {
  std::string records;
  for (unsigned serial = 1; serial <= count; ++serial) {
    records += SampleRecord(serial, title);
  }
  return SamplePage(records);
}

std::vector<std::string> BuildCommand(const fs::path& input, const fs::path& index) {
  return {IndexerProgram().string(), "build", "--input", input.string(), "--index", index.string()};
}

fs::path WriteInput(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  WriteBytes(path, bytes);
  return path;
}

std::map<std::string, std::string> IndexFiles(const fs::path& index) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(index)) {
    const std::string name = entry.path().lexically_relative(index).string();
    if (entry.is_regular_file() && name != "writer.lock" && !name.starts_with("rejects.jsonl")) {
      files[name] = ReadBytes(entry.path());
    }
  }
  return files;
}

int64_t CountServed(const fs::path& index) {
  const auto server =
      ServerProcess::Start(ServerProgram(), index, {"--today", std::string(kSampleToday)});
  if (server == nullptr) {
    return -1;
  }
  HttpClient client(server->port());
  const auto answer = ParseJson(client.Get("/v1/jobs?limit=0").body);
  const JsonValue* total = answer.has_value() ? answer->Find("total") : nullptr;
  return total == nullptr || total->integer() == nullptr ? -1 : *total->integer();
}

}  // namespace kyujin::test
