// Build tool: rows of words in, the dictionaries of the analyzer out.
// usage: kyujin-compile-dictionary ROWS.tsv READINGS.tsv SYSTEM_DICTIONARY OUTPUT_FOLDER
#include <mecab.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "engine/base/file.h"
#include "engine/text/analyzer.h"
#include "engine/text/dictionary_compiler.h"
#include "engine/text/reading_compiler.h"
#include "engine/text/reading_table.h"

namespace kyujin::text {
namespace {

constexpr uint64_t kMaxRowBytes = 256U << 20;

Status WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  // Beside and renamed: a program that has mapped the old file keeps it.
  const std::filesystem::path beside = path.string() + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  return out.good() && !failed ? Status() : Status(Internal(path.string() + ": cannot be written"));
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
  constexpr size_t kArguments = 5;
  if (arguments.size() != kArguments) {
    return InvalidArgument(
        "usage: kyujin-compile-dictionary ROWS.tsv READINGS.tsv SYSTEM_DICTIONARY OUTPUT_FOLDER");
  }
  const std::string system_dictionary = arguments[3];
  const std::filesystem::path folder = arguments[4];
  KYUJIN_ASSIGN_OR_RETURN(const std::string text, ReadFile(arguments[1], kMaxRowBytes));
  KYUJIN_ASSIGN_OR_RETURN(const std::vector<DictionaryRow> rows, ParseDictionaryRows(text));
  KYUJIN_ASSIGN_OR_RETURN(const DictionaryOutput output,
                          CompileDictionary(rows, system_dictionary));
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  KYUJIN_RETURN_IF_ERROR(WriteFile(folder / "user.csv", output.mecab_csv));
  const std::filesystem::path beside = folder / "user.new.dic";
  KYUJIN_RETURN_IF_ERROR(CompileForMecab(folder / "user.csv", system_dictionary, beside));
  std::filesystem::rename(beside, folder / "user.dic", ignored);
  KYUJIN_RETURN_IF_ERROR(WriteFile(folder / "words.bin", output.word_table));
  KYUJIN_RETURN_IF_ERROR(WriteFile(folder / "readings.bin", WriteReadingTable({})));
  KYUJIN_ASSIGN_OR_RETURN(const std::string readings, ReadFile(arguments[2], kMaxRowBytes));
  KYUJIN_ASSIGN_OR_RETURN(const std::shared_ptr<const AnalyzerModel> model,
                          AnalyzerModel::Load({system_dictionary, folder.string()}));
  KYUJIN_ASSIGN_OR_RETURN(const std::string table, CompileReadings(readings, model));
  return WriteFile(folder / "readings.bin", table);
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
