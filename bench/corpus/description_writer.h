// DescriptionWriter: 職種 and 仕事の内容 of a posting, with the lengths, marks and hand-made line
// breaks of real ones, and the longer free texts beside them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/corpus/phrase_writer.h"
#include "bench/corpus/posting_plan.h"
#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

// The feed's limits in characters.
inline constexpr size_t kMaxTitle = 28;
inline constexpr size_t kMaxDescription = 360;
inline constexpr size_t kMaxNote = 600;

// Thread rule: **Thread-compatible**: Write… reuse scratch memory.
class DescriptionWriter {
 public:
  // Keeps `phrases`, which must outlive it.
  explicit DescriptionWriter(const PhraseWriter& phrases);

  // Each replaces `out`.
  void WriteTitle(const PostingPlan& plan, Random& random, std::string& out);
  void WriteDescription(const PostingPlan& plan, Random& random, std::string& out);
  // 特記事項, ≤ 600 characters.
  void WriteNote(const PostingPlan& plan, Random& random, std::string& out);
  // 会社の特長, ≤ 90 characters.
  void WriteFeature(const PostingPlan& plan, Random& random, std::string& out);

 private:
  // How one posting lays out its text.
  struct Layout {
    std::string_view bullet;     // before each duty
    std::string_view separator;  // after each duty
    std::string_view mark;       // before each remark
    bool is_sentence = false;    // duties joined to one sentence
    size_t length = 0;           // aimed at, in characters
  };
  static Layout PickLayout(Random& random);

  // Makes piece_ an addition to a title; `style` of 100 says of which sort.
  void MakeTitlePiece(const PostingPlan& plan, uint32_t style, Random& random);
  [[nodiscard]] std::string_view PickRemark(const PostingPlan& plan, Random& random) const;
  bool AppendPiece(std::string& out, std::string_view piece, size_t limit);
  void AppendOpening(const PostingPlan& plan, Random& random, size_t limit, std::string& out);
  void AppendDuties(const PostingPlan& plan,
                    Random& random,
                    const Layout& layout,
                    std::string& out);
  void AppendRemarks(const PostingPlan& plan,
                     Random& random,
                     const Layout& layout,
                     std::string& out);
  // Inserts U+3000 after every `width` characters, as employers do who wrap by hand.
  void WrapByHand(size_t width, std::string& text);

  const PhraseWriter& phrases_;
  WordList leads_;
  WordList headings_;
  WordList remarks_;
  WordList remarks_part_;
  WordList duties_;
  WordList change_ranges_;
  WordList title_endings_;
  WordList title_endings_full_;
  WordList title_endings_part_;
  WordList title_starts_;
  WordList notes_;
  WordList features_;
  std::string piece_;
  std::string scratch_;
  size_t characters_ = 0;  // of the description under way
};

}  // namespace kyujin::corpus
