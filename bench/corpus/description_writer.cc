#include "bench/corpus/description_writer.h"

#include <algorithm>
#include <array>

#include "bench/corpus/japanese_text.h"
#include "bench/corpus/phrases.h"

namespace kyujin::corpus {
namespace {

struct Quantile {
  uint32_t permille;
  int length;
};

// Lengths measured on real postings.
constexpr std::array<Quantile, 11> kDescriptionLengths = {{{0, 24},
                                                           {10, 30},
                                                           {50, 51},
                                                           {100, 67},
                                                           {250, 101},
                                                           {500, 145},
                                                           {750, 196},
                                                           {900, 240},
                                                           {950, 264},
                                                           {990, 309},
                                                           {1000, 360}}};
constexpr std::array<Quantile, 7> kTitleLengths = {
    {{0, 2}, {100, 4}, {250, 8}, {500, 14}, {750, 21}, {900, 26}, {1000, 28}}};

template <size_t kCount>
size_t PickLength(const std::array<Quantile, kCount>& quantiles, Random& random) {
  const uint32_t at = random.Below(1000);
  size_t i = 1;
  while (quantiles[i].permille <= at) {
    ++i;
  }
  const Quantile& low = quantiles[i - 1];
  const Quantile& high = quantiles[i];
  const int step = (high.length - low.length) * static_cast<int>(at - low.permille) /
                   static_cast<int>(high.permille - low.permille);
  const int length = low.length + step;
  return static_cast<size_t>(length);
}

constexpr std::array<std::string_view, 8> kBullets = {"・", "＊", "・", "○", "＊", "■", "－", "●"};
constexpr std::array<std::string_view, 5> kMarks = {"＊", "※", "◎", "＊", "★"};
constexpr std::array<std::string_view, 4> kSentenceEnds = {"などを担当していただきます。",
                                                           "をお任せします。",
                                                           "などの業務を行います。",
                                                           "をお願いします。"};
constexpr std::array<std::string_view, 4> kSeparators = {"　", "　", "　　", "　　　"};

constexpr size_t kSlack = 10;
// Of 100 additions to a title: below the first in front of it, below the second on the contract.
constexpr uint32_t kTitleStartStyles = 14;
constexpr uint32_t kTitleTermStyles = 40;

}  // namespace

DescriptionWriter::DescriptionWriter(const PhraseWriter& phrases)
    : phrases_(phrases),
      leads_(GeneralPhrases().leads),
      headings_(GeneralPhrases().headings),
      remarks_(GeneralPhrases().remarks),
      remarks_part_(GeneralPhrases().remarks_part),
      duties_(GeneralPhrases().duties),
      change_ranges_(GeneralPhrases().change_ranges),
      title_endings_(GeneralPhrases().title_endings),
      title_endings_full_(GeneralPhrases().title_endings_full),
      title_endings_part_(GeneralPhrases().title_endings_part),
      title_starts_(GeneralPhrases().title_starts),
      notes_(GeneralPhrases().notes),
      features_(GeneralPhrases().features) {}

void DescriptionWriter::WriteTitle(const PostingPlan& plan, Random& random, std::string& out) {
  const size_t length = PickLength(kTitleLengths, random);
  out = plan.occupation->titles.PickUsual(random);
  size_t characters = CountCharacters(out);
  bool has_start = false;
  bool has_terms = false;
  for (int tries = 0; characters + 2 < length && tries < 9; ++tries) {
    const uint32_t style = random.Below(100);
    const bool is_start = style < kTitleStartStyles;
    const bool is_terms = !is_start && style < kTitleTermStyles;
    if ((is_start && has_start) || (is_terms && has_terms)) {
      continue;
    }
    MakeTitlePiece(plan, style, random);
    const size_t more = CountCharacters(piece_);
    const bool has_brackets = piece_.starts_with("（") && out.find("（") != std::string::npos;
    if (characters + more > kMaxTitle || has_brackets || out.find(piece_) != std::string::npos) {
      continue;
    }
    characters += more;
    has_start = has_start || is_start;
    has_terms = has_terms || is_terms;
    out.insert(is_start ? 0 : out.size(), piece_);
  }
}

void DescriptionWriter::MakeTitlePiece(const PostingPlan& plan, uint32_t style, Random& random) {
  piece_.clear();
  if (style < kTitleStartStyles) {
    phrases_.Append(piece_, title_starts_.PickUsual(random), plan, random);
  } else if (style < kTitleTermStyles) {
    piece_ = (plan.is_part ? title_endings_part_ : title_endings_full_).PickUsual(random);
  } else if (style < 65) {
    phrases_.Append(piece_, random.Permille(750) ? "（S）" : "／X", plan, random);
  } else {
    phrases_.Append(piece_, title_endings_.PickUsual(random), plan, random);
  }
}

DescriptionWriter::Layout DescriptionWriter::PickLayout(Random& random) {
  Layout layout;
  const uint32_t style = random.Below(100);
  layout.is_sentence = style < 30;
  layout.bullet = style < 30 || style >= 85
                      ? std::string_view{}
                      : kBullets[random.Below(static_cast<uint32_t>(kBullets.size()))];
  layout.separator =
      style >= 85 ? std::string_view{"。"}
                  : kSeparators[random.SkewedBelow(static_cast<uint32_t>(kSeparators.size()))];
  layout.mark = random.Permille(620)
                    ? kMarks[random.SkewedBelow(static_cast<uint32_t>(kMarks.size()))]
                    : std::string_view{};
  layout.length = PickLength(kDescriptionLengths, random);
  return layout;
}

void DescriptionWriter::WriteDescription(const PostingPlan& plan,
                                         Random& random,
                                         std::string& out) {
  const Layout layout = PickLayout(random);
  scratch_.clear();
  if (layout.length > 45 && random.Permille(870)) {
    scratch_ = kSeparators[random.SkewedBelow(static_cast<uint32_t>(kSeparators.size()))];
    scratch_ += change_ranges_.PickUsual(random);
  }
  const size_t tail = CountCharacters(scratch_);
  Layout body = layout;
  body.length = layout.length > tail ? layout.length - tail : 0;
  out.clear();
  characters_ = 0;
  AppendOpening(plan, random, body.length, out);
  AppendDuties(plan, random, body, out);
  AppendRemarks(plan, random, body, out);
  out += scratch_;
  if (layout.length < 300 && random.Permille(30)) {
    WrapByHand(static_cast<size_t>(random.Between(14, 31)), out);
  }
}

bool DescriptionWriter::AppendPiece(std::string& out, std::string_view piece, size_t limit) {
  const size_t more = CountCharacters(piece);
  if (characters_ > 0 && characters_ + more > limit + kSlack) {
    return false;
  }
  out += piece;
  characters_ += more;
  return true;
}

void DescriptionWriter::AppendOpening(const PostingPlan& plan,
                                      Random& random,
                                      size_t limit,
                                      std::string& out) {
  if (limit < 60) {
    return;
  }
  if (random.Permille(450)) {
    piece_.clear();
    phrases_.Append(piece_, leads_.Pick(random), plan, random);
    if (random.Permille(400)) {
      piece_ += kWideSpace;
    }
    AppendPiece(out, piece_, limit);
  }
  if (random.Permille(480)) {
    piece_ = headings_.PickUsual(random);
    piece_ += random.Permille(700) ? kWideSpace : std::string_view{};
    AppendPiece(out, piece_, limit);
  }
}

void DescriptionWriter::AppendDuties(const PostingPlan& plan,
                                     Random& random,
                                     const Layout& layout,
                                     std::string& out) {
  const WordList& duties = plan.occupation->duties;
  const auto count = static_cast<uint32_t>(duties.size());
  const auto wanted =
      static_cast<uint32_t>(random.Between(2, std::min<int>(9, static_cast<int>(count) - 1)));
  uint64_t used = 0;
  uint32_t done = 0;
  while (done < wanted) {
    const uint32_t duty = random.Below(count);
    if ((used >> duty & 1U) != 0) {
      continue;
    }
    used |= uint64_t{1} << duty;
    piece_ = layout.bullet;
    phrases_.Append(
        piece_, random.Permille(200) ? duties_.Pick(random) : duties[duty], plan, random);
    const bool is_last = done + 1 == wanted;
    if (layout.is_sentence) {
      piece_ += is_last ? kSentenceEnds[random.Below(static_cast<uint32_t>(kSentenceEnds.size()))]
                        : std::string_view{"、"};
    } else {
      piece_ += layout.separator;
    }
    ++done;
    if (!AppendPiece(out, piece_, layout.length)) {
      break;
    }
  }
  if (layout.is_sentence && out.ends_with("、")) {
    out.resize(out.size() - std::string_view("、").size());
    out += "など。";
    characters_ += 2;
  }
}

std::string_view DescriptionWriter::PickRemark(const PostingPlan& plan, Random& random) const {
  if (random.Permille(350)) {
    return plan.occupation->remarks.Pick(random);
  }
  if (plan.is_part && random.Permille(250)) {
    return remarks_part_.PickUsual(random);
  }
  return random.Permille(450) ? remarks_.Pick(random) : remarks_.PickUsual(random);
}

void DescriptionWriter::AppendRemarks(const PostingPlan& plan,
                                      Random& random,
                                      const Layout& layout,
                                      std::string& out) {
  std::array<std::string_view, 12> written{};
  size_t count = 0;
  int refused = 0;
  while (characters_ + kSlack < layout.length && refused < 4 && count < written.size()) {
    const std::string_view remark = PickRemark(plan, random);
    const bool is_repeated = std::find(written.begin(), written.end(), remark) != written.end();
    piece_ = layout.mark;
    phrases_.Append(piece_, remark, plan, random);
    if (!layout.mark.empty() || random.Permille(400)) {
      piece_ += kWideSpace;
    }
    if (is_repeated || !AppendPiece(out, piece_, layout.length)) {
      ++refused;
      continue;
    }
    written[count++] = remark;
  }
}

void DescriptionWriter::WrapByHand(size_t width, std::string& text) {
  scratch_ = text;
  text.clear();
  std::string_view rest = scratch_;
  while (!rest.empty()) {
    const std::string_view line = FirstCharacters(rest, width);
    text += line;
    rest.remove_prefix(line.size());
    if (!rest.empty()) {
      text += kWideSpace;
    }
  }
}

void DescriptionWriter::WriteNote(const PostingPlan& plan, Random& random, std::string& out) {
  out.clear();
  characters_ = 0;
  const int wanted = 1 + static_cast<int>(random.SkewedBelow(12));
  uint64_t used = 0;
  for (int i = 0; i < wanted; ++i) {
    const uint32_t note = random.SkewedBelow(static_cast<uint32_t>(notes_.size()));
    if ((used >> note & 1U) != 0) {
      continue;
    }
    used |= uint64_t{1} << note;
    piece_.clear();
    phrases_.Append(piece_, notes_[note], plan, random);
    piece_ += random.Permille(600) ? "　　" : "　";
    AppendPiece(out, piece_, kMaxNote - kSlack);
  }
}

void DescriptionWriter::WriteFeature(const PostingPlan& plan, Random& random, std::string& out) {
  out.clear();
  characters_ = 0;
  const int wanted = random.Between(1, 2);
  for (int i = 0; i < wanted; ++i) {
    piece_.clear();
    phrases_.Append(piece_, features_.Pick(random), plan, random);
    if (out.find(piece_) == std::string::npos) {
      AppendPiece(out, piece_, 90 - kSlack);
    }
  }
}

}  // namespace kyujin::corpus
