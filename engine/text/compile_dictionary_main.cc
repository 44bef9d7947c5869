// Build tool: rows of words in, the dictionaries of the analyzer out.
// usage: kyujin-compile-dictionary ROWS.tsv SYSTEM_DICTIONARY OUTPUT_FOLDER
#include <mecab.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/text/dictionary_compiler.h"

namespace kyujin::text {
namespace {

constexpr uint64_t kMaxRowBytes = 256U << 20;

Status WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return out.good() ? Status() : Status(Internal(path.string() + ": cannot be written"));
}

Status CompileForMecab(const std::filesystem::path& csv,
                       const std::string& system_dictionary,
                       const std::filesystem::path& output) {
  std::vector<std::string> arguments = {
      "mecab-dict-index", "-d", system_dictionary, "-u", output.string()};
  arguments.insert(arguments.end(), {"-f", "utf-8", "-t", "utf-8", csv.string()});
  std::vector<char*> pointers;
  pointers.reserve(arguments.size());
  for (std::string& argument : arguments) {
    pointers.push_back(argument.data());
  }
  if (mecab_dict_index(static_cast<int>(pointers.size()), pointers.data()) != 0) {
    return Internal(csv.string() + ": mecab-dict-index refuses it");
  }
  return {};
}

Status Run(std::span<char*> arguments) {
  constexpr size_t kArguments = 4;
  if (arguments.size() != kArguments) {
    return InvalidArgument(
        "usage: kyujin-compile-dictionary ROWS.tsv SYSTEM_DICTIONARY OUTPUT_FOLDER");
  }
  const std::filesystem::path folder = arguments[3];
  KYUJIN_ASSIGN_OR_RETURN(const std::string text, ReadFile(arguments[1], kMaxRowBytes));
  KYUJIN_ASSIGN_OR_RETURN(std::vector<DictionaryRow> rows, ParseDictionaryRows(text));
  KYUJIN_ASSIGN_OR_RETURN(const DictionaryOutput output,
                          CompileDictionary(std::move(rows), arguments[2]));
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  KYUJIN_RETURN_IF_ERROR(WriteFile(folder / "user.csv", output.mecab_csv));
  KYUJIN_RETURN_IF_ERROR(CompileForMecab(folder / "user.csv", arguments[2], folder / "user.dic"));
  return WriteFile(folder / "words.bin", output.word_table);
}

}  // namespace
}  // namespace kyujin::text

int main(int argc, char** argv) {
  const kyujin::Status done = kyujin::text::Run({argv, static_cast<size_t>(argc)});
  if (!done.has_value()) {
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return 1;
  }
  return 0;
}
