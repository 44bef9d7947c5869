// PostingPlan: the draws that every section of a posting shares.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bench/corpus/employers.h"
#include "bench/corpus/occupations.h"
#include "bench/corpus/places.h"

namespace kyujin::corpus {

enum class Employment : uint8_t {
  kRegular,
  kOther,
  kFixedTermDispatch,
  kPermanentDispatch,
  kPart,
  kFixedTermPartDispatch,
  kPermanentPartDispatch,
};

enum class WageForm : uint8_t { kMonthly, kHourly, kDaily, kYearly, kOther };

struct PostingPlan {
  const Occupation* occupation = nullptr;
  Employer employer;
  Place workplace;
  bool is_part = false;
  Employment employment = Employment::kRegular;
  WageForm wage_form = WageForm::kMonthly;
};

}  // namespace kyujin::corpus
