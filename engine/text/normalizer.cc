#include "engine/text/normalizer.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <numeric>

#include "engine/base/result.h"
#include "engine/text/utf8.h"

namespace kyujin::text {
namespace {

constexpr size_t kMaxInputBytes = 100'000'000;

// What stands for `c` before ICU sees the text. ICU leaves controls alone and turns a spacing
// voicing mark into space + combining mark, which would cut か゛ in two.
char32_t Prepared(char32_t c) {
  switch (c) {
    case U'\n':
    case U'\r':
    case 0x85:
    case 0x2028:
    case 0x2029:
      return U'\n';
    case 0x309B:
      return 0x3099;
    case 0x309C:
      return 0x309A;
    default:
      return c < 0x20 || (c >= 0x7F && c < 0xA0) ? U' ' : c;
  }
}

// Most of Japanese text: nothing to prepare and no mark.
constexpr bool IsPlainJapanese(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A0 && c <= 0x9FFF);
}

// Tells which marks to leave out: ICU sorts the marks on one letter in quadratic time, so no letter
// keeps more than the 30 of Unicode's Stream-Safe Text Format (UAX #15).
class MarkLimit {
 public:
  // Counts `c` as the next character and returns whether it is a mark too many.
  bool IsExceededBy(char32_t c) {
    if (!IsMark(c)) {
      marks_ = 0;
      return false;
    }
    ++marks_;
    return marks_ > kMaxMarks;
  }

 private:
  static constexpr int kMaxMarks = 30;

  static bool IsMark(char32_t c) {
    constexpr char32_t kHalfWidthVoiced = 0xFF9E;
    constexpr char32_t kHalfWidthSemivoiced = 0xFF9F;
    if (c < 0x300 || IsPlainJapanese(c)) {
      return false;
    }
    return c == kHalfWidthVoiced || c == kHalfWidthSemivoiced ||
           u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LEAD_CANONICAL_COMBINING_CLASS) !=
               0;
  }

  int marks_ = 0;
};

// Returns whether ICU may read `text` as it is: valid, and nothing in it to change or leave out.
bool NeedsNoPreparation(std::string_view text) {
  MarkLimit limit;
  while (!text.empty()) {
    const Utf8Char c = DecodeUtf8Char(text);
    text.remove_prefix(c.size);
    const bool is_plain = IsPlainJapanese(c.value);
    if (limit.IsExceededBy(c.value) || (!is_plain && Prepared(c.value) != c.value) || !c.valid) {
      return false;
    }
  }
  return true;
}

struct PreparedText {
  std::string text;
  std::vector<uint32_t> offsets;  // of each byte of `text`: its character in the original
};

PreparedText Prepare(std::string_view original) {
  PreparedText prepared;
  prepared.text.reserve(original.size());
  prepared.offsets.reserve(original.size());
  MarkLimit limit;
  for (size_t i = 0; i < original.size();) {
    const Utf8Char c = DecodeUtf8Char(original.substr(i));
    const char32_t value = Prepared(c.value);
    if (!limit.IsExceededBy(value)) {
      AppendUtf8(value, &prepared.text);
      prepared.offsets.resize(prepared.text.size(), static_cast<uint32_t>(i));
    }
    i += c.size;
  }
  return prepared;
}

// The little that FoldWidth() needs: valid UTF-8 without too many marks.
std::string Repaired(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  MarkLimit limit;
  while (!text.empty()) {
    const char32_t c = DecodeUtf8(&text);
    if (!limit.IsExceededBy(c)) {
      AppendUtf8(c, &repaired);
    }
  }
  return repaired;
}

bool IsAscii(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

// Appends the normal form of `source`, and says in `edits` (if given) what changed.
void RunIcu(const icu::Normalizer2& form,
            std::string_view source,
            std::string* out,
            icu::Edits* edits) {
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(out);
  form.normalizeUTF8(
      0, icu::StringPiece(source.data(), static_cast<int32_t>(source.size())), sink, edits, status);
  KYUJIN_CHECK(U_SUCCESS(status) != 0);
}

const icu::Normalizer2& CaseFoldedForm() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  KYUJIN_CHECK(form != nullptr);
  return *form;
}

const icu::Normalizer2& WidthFoldedForm() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(status);
  KYUJIN_CHECK(form != nullptr);
  return *form;
}

// Writes the offset in the source of every byte that `edits` led to.
void WriteSourceOffsets(const icu::Edits& edits, std::vector<uint32_t>* offsets) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Edits::Iterator edit = edits.getFineIterator();
  while (edit.next(status) != 0) {
    const auto source = static_cast<uint32_t>(edit.sourceIndex());
    const auto size = static_cast<size_t>(edit.newLength());
    const size_t start = offsets->size();
    if (edit.hasChange() != 0) {
      offsets->resize(start + size, source);
    } else {
      offsets->resize(start + size);
      std::iota(offsets->begin() + static_cast<std::ptrdiff_t>(start), offsets->end(), source);
    }
  }
  KYUJIN_CHECK(U_SUCCESS(status) != 0);
}

}  // namespace

std::string FoldWidth(std::string_view text) {
  KYUJIN_CHECK(text.size() < kMaxInputBytes);
  if (IsAscii(text)) {
    return std::string(text);
  }
  std::string folded;
  folded.reserve(text.size());
  RunIcu(WidthFoldedForm(), Repaired(text), &folded, nullptr);
  return folded;
}

uint32_t NormalizedText::OriginalEnd(size_t end) const {
  const uint32_t last = offsets[end - 1];
  if (offsets[end] != last) {
    return offsets[end];
  }
  const auto next =
      std::upper_bound(offsets.begin() + static_cast<std::ptrdiff_t>(end), offsets.end(), last);
  return next == offsets.end() ? offsets.back() : *next;
}

void Normalize(std::string_view original, NormalizedText* normalized) {
  KYUJIN_CHECK(original.size() < kMaxInputBytes);
  normalized->text.clear();
  normalized->offsets.clear();
  normalized->offsets.reserve(original.size() + 1);
  icu::Edits edits;
  if (NeedsNoPreparation(original)) {
    RunIcu(CaseFoldedForm(), original, &normalized->text, &edits);
    WriteSourceOffsets(edits, &normalized->offsets);
  } else {
    const PreparedText prepared = Prepare(original);
    RunIcu(CaseFoldedForm(), prepared.text, &normalized->text, &edits);
    WriteSourceOffsets(edits, &normalized->offsets);
    for (uint32_t& offset : normalized->offsets) {
      offset = prepared.offsets[offset];
    }
  }
  normalized->offsets.push_back(static_cast<uint32_t>(original.size()));
}

NormalizedText Normalize(std::string_view original) {
  NormalizedText normalized;
  Normalize(original, &normalized);
  return normalized;
}

}  // namespace kyujin::text
