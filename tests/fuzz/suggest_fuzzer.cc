// What is typed into the field that suggests: any text is read, finds names that begin so, and
// costs no more than a step for each name.
#include <cstdint>
#include <string_view>

#include "engine/base/result.h"
#include "engine/suggest/typed_name.h"

namespace {

using kyujin::suggest::NameIndex;

const NameIndex& Names() {
  static const NameIndex names = [] {
    NameIndex made;
    uint32_t id = 0;
    for (const auto& [name, reading] : {std::pair{"看護師", "かんごし"},
                                        std::pair{"介護職員", "かいごしょくいん"},
                                        std::pair{"フォークリフト", "ふぉーくりふと"},
                                        std::pair{"ＪＲ渋谷", "じぇいあーるしぶや"},
                                        std::pair{"C#", ""},
                                        std::pair{"東京都", "とうきょうと"}}) {
      made.Add(name, reading, id++);
    }
    made.Finish();
    return made;
  }();
  return names;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMaxBytes = 1'024;
  constexpr uint32_t kNames = 6;
  const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, kMaxBytes));
  const kyujin::suggest::TypedName typed(text);
  for (const uint32_t id : typed.Find(Names())) {
    KYUJIN_CHECK(id < kNames);
    static_cast<void>(typed.IsWhole(Names(), id));
  }
  if (!typed.empty() && typed.may_be_mistaken()) {
    for (const bool everywhere : {false, true}) {
      for (const uint32_t id : typed.FindNear(Names(), everywhere)) {
        KYUJIN_CHECK(id < kNames);
      }
    }
  }
  return 0;
}
