#include "tests/testing/text_file.h"

#include <fcntl.h>
#include <xapian.h>

#include <algorithm>

namespace kyujin::test {

TextMetadata ReadTextMetadata(const std::filesystem::path& path) {
  const Xapian::Database database(::open(path.c_str(), O_RDONLY | O_CLOEXEC),
                                  Xapian::DB_BACKEND_GLASS);
  TextMetadata metadata;
  std::for_each(database.metadata_keys_begin(),
                database.metadata_keys_end(),
                [&](const std::string& key) { metadata[key] = database.get_metadata(key); });
  return metadata;
}

void WriteTextMetadata(const TextMetadata& metadata,
                       const std::filesystem::path& scratch,
                       const std::filesystem::path& path) {
  const std::filesystem::path folder = scratch / "metadata";
  Xapian::WritableDatabase database(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE);
  for (const auto& [key, value] : metadata) {
    database.set_metadata(key, value);
  }
  database.commit();
  std::filesystem::remove(path);
  database.compact(path.string(), Xapian::DBCOMPACT_SINGLE_FILE);
  database.close();
  std::filesystem::remove_all(folder);
}

}  // namespace kyujin::test
