#include "random_text.h"

#include <array>
#include <string_view>

#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kFragments = {"看護師"sv,
                                   "介護"sv,
                                   "東京都府中市"sv,
                                   "夜勤なし"sv,
                                   "の"sv,
                                   "する"sv,
                                   "カイゴ"sv,
                                   "ｶｲｺﾞ"sv,
                                   "ﾊﾟｰﾄ"sv,
                                   "サーバー"sv,
                                   "ー"sv,
                                   "ーー"sv,
                                   "Ｗｅｂ"sv,
                                   "web"sv,
                                   "WEB"sv,
                                   "C#"sv,
                                   "c++"sv,
                                   ".net"sv,
                                   "node.js"sv,
                                   "１２３"sv,
                                   "1,800"sv,
                                   "①"sv,
                                   "㈱"sv,
                                   "㍿"sv,
                                   "㌔"sv,
                                   "〇"sv,
                                   "二〇"sv,
                                   "髙﨑"sv,
                                   "か\u3099"sv,
                                   "か゛"sv,
                                   "葛\U000E0100"sv,
                                   "\u200B"sv,
                                   "\u00AD"sv,
                                   "👩‍⚕️"sv,
                                   "😀"sv,
                                   "𠮟"sv,
                                   "e\u0301"sv,
                                   "ß"sv,
                                   "İ"sv,
                                   "привет"sv,
                                   "αβ"sv,
                                   "한국"sv,
                                   "ไทย"sv,
                                   "\uFDFA"sv,
                                   " "sv,
                                   "　"sv,
                                   "\n"sv,
                                   "\r\n"sv,
                                   "\t"sv,
                                   "\0"sv,
                                   "\x7F"sv,
                                   "\u0085"sv,
                                   "\u2028"sv,
                                   "。"sv,
                                   "！"sv,
                                   "?"sv,
                                   "、"sv,
                                   "・"sv,
                                   "【"sv,
                                   "】"sv,
                                   "("sv,
                                   ")"sv,
                                   "-"sv,
                                   "－"sv,
                                   "#"sv,
                                   "++"sv,
                                   "."sv,
                                   "\x80"sv,
                                   "\xC3"sv,
                                   "\xE3\x81"sv,
                                   "\xF0\x9F\x98"sv,
                                   "\xED\xA0\x80"sv,
                                   "\xC0\xAF"sv,
                                   "\xF5\x80"sv,
                                   "\xFF\xFE"sv,
                                   "\uFFFD"sv,
                                   "\uE000"sv};

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
