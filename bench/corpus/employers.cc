#include "bench/corpus/employers.h"

#include <algorithm>
#include <array>

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {
namespace {

struct LegalForm {
  std::string_view text;
  std::string_view kana;
  uint32_t weight;
  bool before_name;
};

constexpr std::array<LegalForm, 5> kCompanies = {{
    {"株式会社", "カブシキガイシャ", 52, true},
    {"株式会社", "カブシキガイシャ", 27, false},
    {"有限会社", "ユウゲンガイシャ", 12, true},
    {"合同会社", "ゴウドウガイシャ", 7, true},
    {"", "", 2, true},
}};
constexpr std::array<LegalForm, 5> kMedical = {{
    {"医療法人", "イリョウホウジン", 40, true},
    {"医療法人社団", "イリョウホウジンシャダン", 25, true},
    {"医療法人財団", "イリョウホウジンザイダン", 4, true},
    {"一般社団法人", "イッパンシャダンホウジン", 4, true},
    {"", "", 27, true},
}};
constexpr std::array<LegalForm, 5> kWelfare = {{
    {"社会福祉法人", "シャカイフクシホウジン", 42, true},
    {"株式会社", "カブシキガイシャ", 34, true},
    {"合同会社", "ゴウドウガイシャ", 10, true},
    {"特定非営利活動法人", "トクテイヒエイリカツドウホウジン", 9, true},
    {"一般社団法人", "イッパンシャダンホウジン", 5, true},
}};
constexpr std::array<LegalForm, 5> kSchools = {{
    {"学校法人", "ガッコウホウジン", 55, true},
    {"株式会社", "カブシキガイシャ", 30, true},
    {"一般財団法人", "イッパンザイダンホウジン", 5, true},
    {"有限会社", "ユウゲンガイシャ", 5, true},
    {"", "", 5, true},
}};
constexpr std::array<LegalForm, 1> kNone = {{{"", "", 1, true}}};
constexpr std::array<LegalForm, 1> kReligious = {{{"宗教法人", "シュウキョウホウジン", 1, true}}};

std::span<const LegalForm> FormsOf(EmployerKind kind) {
  switch (kind) {
    case EmployerKind::kHospital:
    case EmployerKind::kClinic:
      return kMedical;
    case EmployerKind::kWelfare:
      return kWelfare;
    case EmployerKind::kSchool:
      return kSchools;
    case EmployerKind::kReligion:
      return kReligious;
    case EmployerKind::kFirm:
    case EmployerKind::kCooperative:
    case EmployerKind::kPublic:
      return kNone;
    default:
      return kCompanies;
  }
}

const LegalForm& PickForm(std::span<const LegalForm> forms, Random& random) {
  uint32_t total = 0;
  for (const LegalForm& form : forms) {
    total += form.weight;
  }
  uint32_t left = random.Below(total);
  for (const LegalForm& form : forms) {
    if (left < form.weight) {
      return form;
    }
    left -= form.weight;
  }
  return forms.front();
}

constexpr std::array<std::string_view, 5> kBranchTexts = {"営業所", "支店", "店", "事業所", "工場"};
constexpr std::array<std::string_view, 5> kBranchKana = {
    "エイギョウショ", "シテン", "テン", "ジギョウショ", "コウジョウ"};

}  // namespace

EmployerCatalogue::NamePartList EmployerCatalogue::Split(std::string_view text) {
  const WordList words(text);
  NamePartList parts;
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t colon = words[i].find(':');
    parts.push_back({words[i].substr(0, colon), words[i].substr(colon + 1)});
  }
  return parts;
}

EmployerCatalogue::EmployerCatalogue(const PlaceCatalogue& places)
    : places_(places),
      surnames_(Split(EmployerNameParts().surnames)),
      kanji_starts_(Split(EmployerNameParts().kanji_starts)),
      kanji_ends_(Split(EmployerNameParts().kanji_ends)),
      katakana_starts_(EmployerNameParts().katakana_starts),
      katakana_ends_(EmployerNameParts().katakana_ends),
      romaji_(Split(EmployerNameParts().romaji)),
      syllables_(EmployerNameParts().syllables),
      coined_starts_(Split(EmployerNameParts().coined_starts)),
      coined_ends_(Split(EmployerNameParts().coined_ends)) {
  for (const EmployerWords& words : EmployerWordsByKind()) {
    suffixes_.push_back(Split(words.suffixes));
    businesses_.emplace_back(words.businesses);
  }
}

void EmployerCatalogue::Make(uint64_t seed,
                             const Industry& industry,
                             size_t prefecture,
                             Employer& employer) const {
  Random random(seed);
  employer.seed = seed;
  employer.industry = &industry;
  employer.place = places_.PickPlace(random, prefecture);
  employer.name.clear();
  employer.kana.clear();
  employer.address.clear();
  employer.coined.clear();
  employer.coined_kana.clear();
  MakeCoined(random, employer);
  MakeName(random, employer);
  places_.AppendAddress(employer.address, employer.place, random);
  // Most employers are small; one in some hundreds has thousands of people.
  const auto decade = random.Below(100);
  const int scale = decade < 45 ? 30 : decade < 80 ? 150 : decade < 95 ? 800 : 9000;
  employer.staff = 1 + static_cast<int>(random.SkewedBelow(static_cast<uint32_t>(scale)));
  employer.staff_here =
      1 +
      static_cast<int>(random.SkewedBelow(static_cast<uint32_t>(std::min(employer.staff, 250))));
}

std::string_view EmployerCatalogue::PickBusiness(const Employer& employer, Random& random) const {
  return businesses_[static_cast<size_t>(employer.industry->kind)].Pick(random);
}

void EmployerCatalogue::MakeName(Random& random, Employer& employer) const {
  const EmployerKind kind = employer.industry->kind;
  const LegalForm& form = PickForm(FormsOf(kind), random);
  const std::string_view gap = random.Permille(450) ? kWideSpace : std::string_view{};
  if (form.before_name && !form.text.empty()) {
    employer.name += form.text;
    employer.name += gap;
    employer.kana += form.kana;
    employer.kana += kWideSpace;
  }
  AppendStem(random, employer);
  const NamePartList& suffixes = suffixes_[static_cast<size_t>(kind)];
  const bool bare = form.weight > 1 && !form.text.empty() && random.Permille(130);
  if (!bare) {
    const NamePart& suffix = suffixes[random.SkewedBelow(static_cast<uint32_t>(suffixes.size()))];
    employer.name += suffix.text;
    employer.kana += suffix.kana;
  }
  if (!form.before_name) {
    employer.name += gap;
    employer.name += form.text;
    employer.kana += kWideSpace;
    employer.kana += form.kana;
  }
  if (HasHomes(kind) && random.Permille(420)) {
    employer.name += kWideSpace;
    employer.name += employer.coined;
    employer.kana += kWideSpace;
    employer.kana += employer.coined_kana;
  } else if (random.Permille(350)) {
    AppendBranch(random, employer);
  }
}

void EmployerCatalogue::AppendStem(Random& random, Employer& employer) const {
  const auto pick = [&random](const NamePartList& parts) -> const NamePart& {
    return parts[random.Below(static_cast<uint32_t>(parts.size()))];
  };
  const auto append = [&employer](const NamePart& part) {
    employer.name += part.text;
    employer.kana += part.kana;
  };
  const uint32_t style = random.Below(100);
  if (style < 30) {
    append(surnames_[random.SkewedBelow(static_cast<uint32_t>(surnames_.size()))]);
  } else if (style < 60) {
    append(pick(kanji_starts_));
    append(pick(kanji_ends_));
  } else if (style < 82) {
    for (const std::string_view part :
         {katakana_starts_.Pick(random), katakana_ends_.Pick(random)}) {
      append({part, part});
    }
  } else if (style < 92) {
    const int count = random.Between(2, 4);
    for (int i = 0; i < count; ++i) {
      const std::string_view part = syllables_.Pick(random);
      append({part, part});
    }
  } else {
    const int count = random.Between(2, 3);
    for (int i = 0; i < count; ++i) {
      append(pick(romaji_));
    }
  }
}

void EmployerCatalogue::AppendBranch(Random& random, Employer& employer) const {
  const uint32_t branch = random.Below(static_cast<uint32_t>(kBranchTexts.size()));
  employer.name += kWideSpace;
  employer.kana += kWideSpace;
  const NamePart& area = surnames_[random.Below(static_cast<uint32_t>(surnames_.size()))];
  employer.name += area.text;
  employer.kana += area.kana;
  employer.name += kBranchTexts[branch];
  employer.kana += kBranchKana[branch];
}

void EmployerCatalogue::MakeCoined(Random& random, Employer& employer) const {
  const auto append = [&employer](std::string_view text, std::string_view kana) {
    employer.coined += text;
    employer.coined_kana += kana;
  };
  const auto pick = [&random](const NamePartList& parts) -> const NamePart& {
    return parts[random.Below(static_cast<uint32_t>(parts.size()))];
  };
  const uint32_t style = random.Below(100);
  if (style < 40) {
    const int count = random.Between(3, 5);
    for (int i = 0; i < count; ++i) {
      const std::string_view syllable = syllables_.Pick(random);
      append(syllable, syllable);
    }
  } else if (style < 75) {
    const NamePart& start = pick(coined_starts_);
    const NamePart& end = pick(coined_ends_);
    append(start.text, start.kana);
    append(end.text, end.kana);
  } else {
    const std::string_view start = katakana_starts_.Pick(random);
    const std::string_view end = katakana_ends_.Pick(random);
    const NamePart& name = pick(surnames_);
    append(start, start);
    append(end, end);
    append(name.text, name.kana);
  }
}

bool EmployerCatalogue::HasHomes(EmployerKind kind) {
  return kind == EmployerKind::kWelfare || kind == EmployerKind::kHospital ||
         kind == EmployerKind::kClinic || kind == EmployerKind::kHospitality ||
         kind == EmployerKind::kSchool;
}

}  // namespace kyujin::corpus
