// text.glass as keys and values, to write files that no writer makes.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace kyujin::test {

using TextMetadata = std::map<std::string, std::string>;

// Reads all keys and values. Requires: the file is sound.
TextMetadata ReadTextMetadata(const std::filesystem::path& path);

// Replaces `path` by a file of these; `scratch` is a folder for what is made on the way.
void WriteTextMetadata(const TextMetadata& metadata,
                       const std::filesystem::path& scratch,
                       const std::filesystem::path& path);

}  // namespace kyujin::test
