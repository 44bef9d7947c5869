#include "engine/suggest/typed_name.h"

#include <algorithm>

#include "engine/schema/name_key.h"
#include "engine/text/one_mistake.h"
#include "engine/text/romaji.h"
#include "engine/text/utf8.h"

namespace kyujin::suggest {
namespace {

std::string_view FirstHalf(std::string_view text) {
  return text::FirstCodePoints(text, text::CountCodePoints(text) / 2);
}

// What shrinks to less than half was no spelling of anything: zzzz.
std::string ReadingKey(const std::string& spelling) {
  std::string key = text::RomajiKey(spelling);
  const bool is_kana = text::IsKana(spelling);
  return is_kana || key.size() * 2 >= spelling.size() ? key : std::string();
}

void MakeUnique(std::vector<uint32_t>* ids) {
  std::sort(ids->begin(), ids->end());
  ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
}

}  // namespace

std::string SpellingKey(std::string_view name) {
  return text::HiraganaOf(schema::NameKey(name));
}

void NameIndex::Add(std::string_view name, std::string_view reading, uint32_t id) {
  const std::string spelling = SpellingKey(name);
  spellings.Add(spelling, id);
  const std::string kana = SpellingKey(reading);
  if (kana != spelling) {
    spellings.Add(kana, id);
  }
  const std::string& sounds = kana.empty() ? spelling : kana;
  if (text::IsKana(sounds)) {
    readings.Add(text::RomajiKey(sounds), id);
  }
}

void NameIndex::Finish() {
  spellings.Finish();
  readings.Finish();
}

TypedName::TypedName(std::string_view typed)
    : spelling_(SpellingKey(typed)),
      reading_(ReadingKey(spelling_)),
      // かん is not the start of かな, `kan` may be.
      is_kana_(text::IsKana(spelling_)) {}

bool TypedName::may_be_mistaken() const {
  return text::CountCodePoints(spelling_) >= text::kMinMistakenLength;
}

std::vector<uint32_t> TypedName::Find(const NameIndex& names) const {
  std::vector<uint32_t> ids;
  names.spellings.FindPrefix(spelling_, &ids);
  if (!reading_.empty() && !is_kana_) {
    names.readings.FindPrefix(reading_, &ids);
  }
  MakeUnique(&ids);
  return ids;
}

std::vector<uint32_t> TypedName::FindNear(const NameIndex& names, bool everywhere) const {
  std::vector<uint32_t> ids;
  names.spellings.FindNear(spelling_, everywhere ? std::string_view() : FirstHalf(spelling_), &ids);
  if (text::CountCodePoints(reading_) >= text::kMinMistakenLength) {
    names.readings.FindNear(reading_, everywhere ? std::string_view() : FirstHalf(reading_), &ids);
  }
  MakeUnique(&ids);
  return ids;
}

bool TypedName::IsWhole(const NameIndex& names, uint32_t id) const {
  return names.spellings.Has(spelling_, id);
}

}  // namespace kyujin::suggest
