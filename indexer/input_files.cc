#include "indexer/input_files.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace kyujin::indexer {
namespace {

namespace fs = std::filesystem;

struct Kind {
  std::optional<InputFormat> format;
  Compression compression = Compression::kNone;
};

std::string LowerExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return extension;
}

Kind KindByName(fs::path path) {
  Kind kind;
  std::string extension = LowerExtension(path);
  if (extension == ".gz" || extension == ".zst") {
    kind.compression = extension == ".gz" ? Compression::kGzip : Compression::kZstd;
    path.replace_extension();
    extension = LowerExtension(path);
  }
  if (extension == ".xml") {
    kind.format = InputFormat::kTeikyoXml;
  } else if (extension == ".jsonl" || extension == ".ndjson" || extension == ".json") {
    kind.format = InputFormat::kJsonLines;
  }
  return kind;
}

// The first character that is neither a byte order mark nor space decides.
Result<InputFormat> FormatByContent(const fs::path& path, Compression compression) {
  KYUJIN_ASSIGN_OR_RETURN(const auto source, OpenByteSource(path, compression));
  std::array<char, 4096> buffer{};
  KYUJIN_ASSIGN_OR_RETURN(const size_t count, source->Read(buffer));
  const std::string_view text(buffer.data(), count);
  const size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first != std::string_view::npos && text[first] == '<') {
    return InputFormat::kTeikyoXml;
  }
  if (first != std::string_view::npos && text[first] == '{') {
    return InputFormat::kJsonLines;
  }
  return InvalidArgument(
      path.string() + ": neither a feed page (.xml) nor JSON Lines (.jsonl), by name or content");
}

Error IoError(const fs::path& path, const std::error_code& reason) {
  return {
      reason == std::errc::no_such_file_or_directory ? ErrorCode::kNotFound : ErrorCode::kInternal,
      path.string() + ": cannot be read: " + reason.message()};
}

// Gathers the files below one argument after another. Confined to one thread.
class Expansion {
 public:
  Status Add(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) {
      return IoError(path, error);
    }
    if (fs::is_directory(status)) {
      return AddFolder(path);
    }
    if (!fs::is_regular_file(status)) {
      return InvalidArgument(path.string() + ": neither a file nor a folder");
    }
    Kind kind = KindByName(path);
    if (!kind.format) {
      KYUJIN_ASSIGN_OR_RETURN(kind.format, FormatByContent(path, kind.compression));
    }
    return AddFile(path, kind);
  }

  InputFiles Take() { return std::move(inputs_); }

 private:
  Status AddFolder(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      std::error_code broken_link;
      if (entry->is_regular_file(broken_link)) {
        found.push_back(entry->path());
      }
    }
    if (error) {
      return IoError(folder, error);
    }
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) {
      const Kind kind = KindByName(path);
      if (kind.format) {
        KYUJIN_RETURN_IF_ERROR(AddFile(path, kind));
      } else {
        inputs_.skipped.push_back(path);
      }
    }
    return {};
  }

  Status AddFile(const fs::path& path, const Kind& kind) {
    std::error_code error;
    const uint64_t size = fs::file_size(path, error);
    if (error) {
      return IoError(path, error);
    }
    const fs::path canonical = fs::canonical(path, error);
    if (error) {
      return IoError(path, error);
    }
    if (seen_.insert(canonical).second) {
      inputs_.files.push_back({path, *kind.format, kind.compression, size});
    }
    return {};
  }

  InputFiles inputs_;
  std::set<fs::path> seen_;
};

}  // namespace

Result<InputFiles> ExpandInputs(std::span<const fs::path> paths) {
  Expansion expansion;
  for (const fs::path& path : paths) {
    KYUJIN_RETURN_IF_ERROR(expansion.Add(path));
  }
  return expansion.Take();
}

}  // namespace kyujin::indexer
