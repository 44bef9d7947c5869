#include "random_text.h"

#include <array>
#include <string_view>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr auto kFragments = std::to_array<std::string_view>({"看護師",
                                                             "介護",
                                                             "東京都府中市",
                                                             "夜勤なし",
                                                             "の",
                                                             "する",
                                                             "カイゴ",
                                                             "ｶｲｺﾞ",
                                                             "ﾊﾟｰﾄ",
                                                             "サーバー",
                                                             "ー",
                                                             "ーー",
                                                             "Ｗｅｂ",
                                                             "web",
                                                             "WEB",
                                                             "C#",
                                                             "c++",
                                                             ".net",
                                                             "node.js",
                                                             "１２３",
                                                             "1,800",
                                                             "①",
                                                             "㈱",
                                                             "㍿",
                                                             "㌔",
                                                             "〇",
                                                             "二〇",
                                                             "髙﨑",
                                                             "か\u3099",
                                                             "か゛",
                                                             "葛\U000E0100",
                                                             "\u200B",
                                                             "\u00AD",
                                                             "👩‍⚕️",
                                                             "😀",
                                                             "𠮟",
                                                             "e\u0301",
                                                             "ß",
                                                             "İ",
                                                             "привет",
                                                             "αβ",
                                                             "한국",
                                                             "ไทย",
                                                             "\uFDFA",
                                                             " ",
                                                             "　",
                                                             "\n",
                                                             "\r\n",
                                                             "\t",
                                                             std::string_view("\0", 1),
                                                             "\x7F",
                                                             "\u0085",
                                                             "\u2028",
                                                             "。",
                                                             "！",
                                                             "?",
                                                             "、",
                                                             "・",
                                                             "【",
                                                             "】",
                                                             "(",
                                                             ")",
                                                             "-",
                                                             "－",
                                                             "#",
                                                             "++",
                                                             ".",
                                                             "\x80",
                                                             "\xC3",
                                                             "\xE3\x81",
                                                             "\xF0\x9F\x98",
                                                             "\xED\xA0\x80",
                                                             "\xC0\xAF",
                                                             "\xF5\x80",
                                                             "\xFF\xFE",
                                                             "\uFFFD",
                                                             "\uE000"});

// A code point from one of the blocks Japanese text is made of, or from anywhere.
char32_t RandomCodePoint(std::mt19937_64* random) {
  struct Block {
    char32_t first;
    char32_t last;
  };
  constexpr std::array<Block, 8> kBlocks = {{{0x20, 0x7E},
                                             {0x3041, 0x3096},
                                             {0x30A1, 0x30FE},
                                             {0x4E00, 0x9FFF},
                                             {0xFF01, 0xFFEE},
                                             {0x3000, 0x30FF},
                                             {0x3200, 0x33FF},
                                             {0x0000, 0x10FFFF}}};
  const Block& block = kBlocks[(*random)() % kBlocks.size()];
  return block.first + static_cast<char32_t>((*random)() % (block.last - block.first + 1));
}

}  // namespace

std::string RandomText(std::mt19937_64* random, size_t max_pieces) {
  std::string text;
  const size_t pieces = (*random)() % (max_pieces + 1);
  for (size_t i = 0; i < pieces; ++i) {
    const uint64_t choice = (*random)() % 100;
    if (choice < 75) {
      text += kFragments[(*random)() % kFragments.size()];
    } else if (choice < 97) {
      AppendUtf8(RandomCodePoint(random), &text);
    } else {
      std::string unit;
      AppendUtf8(RandomCodePoint(random), &unit);
      for (uint64_t repeats = (*random)() % 400; repeats > 0; --repeats) {
        text += unit;
      }
    }
  }
  return text;
}

std::shared_ptr<const AnalyzerModel> LoadModel() {
  auto model = AnalyzerModel::Load();
  return model.has_value() ? *model : nullptr;
}

}  // namespace kyujin::text
