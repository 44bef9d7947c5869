// Bytes as the compiled dictionaries of words and readings: each is refused or can be read to its
// last entry. The checksum is set right, so that what is behind it is reached.
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/text/dictionary_compiler.h"
#include "engine/text/reading_table.h"
#include "engine/text/word_table.h"

namespace {

constexpr size_t kMagicBytes = 8;

// A copy at an aligned address with the magic and the checksum that the table wants.
std::shared_ptr<const std::vector<uint64_t>> Sealed(std::string_view magic,
                                                    std::string_view bytes,
                                                    size_t header_bytes) {
  auto sealed = std::make_shared<std::vector<uint64_t>>(bytes.size() / 8 + 1);
  auto* data = reinterpret_cast<char*>(sealed->data());
  std::memcpy(data, bytes.data(), bytes.size());
  if (bytes.size() >= header_bytes) {
    std::memcpy(data, magic.data(), kMagicBytes);
    const uint64_t checksum = kyujin::Hash64({data + header_bytes, bytes.size() - header_bytes});
    std::memcpy(data + kMagicBytes, &checksum, sizeof(checksum));
  }
  return sealed;
}

void ReadWords(std::string_view bytes) {
  constexpr size_t kHeaderBytes = 40;
  const auto sealed = Sealed("KYJWORD2", bytes, kHeaderBytes);
  const auto table = kyujin::text::WordTable::Parse(
      {reinterpret_cast<const char*>(sealed->data()), bytes.size()}, sealed);
  if (!table.has_value()) {
    return;
  }
  size_t total = 0;
  for (const auto& entry : (*table)->entries()) {
    total += (*table)->Key(entry).size() + (*table)->Term(entry).size();
    for (const auto& part : (*table)->Parts(entry)) {
      total += (*table)->Term(part).size();
    }
    static_cast<void>((*table)->Find((*table)->Key(entry)));
  }
  static_cast<void>((*table)->Find("看護"));
  static_cast<void>((*table)->MayHoldPair(U'看', U'護'));
  KYUJIN_CHECK(total != 1);
}

void ReadReadings(std::string_view bytes) {
  constexpr size_t kHeaderBytes = 32;
  const auto sealed = Sealed("KYJREAD1", bytes, kHeaderBytes);
  const auto table = kyujin::text::ReadingTable::Parse(
      {reinterpret_cast<const char*>(sealed->data()), bytes.size()}, sealed);
  if (!table.has_value()) {
    return;
  }
  for (size_t i = 0; i < (*table)->size(); ++i) {
    for (const auto& word : (*table)->Words((*table)->Reading(i))) {
      KYUJIN_CHECK((*table)->Text(word).size() <= bytes.size());
    }
  }
  static_cast<void>((*table)->ReadingsOfKey("kaigo"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadWords(bytes);
  ReadReadings(bytes);
  static_cast<void>(kyujin::text::ParseDictionaryRows(bytes));
  return 0;
}
