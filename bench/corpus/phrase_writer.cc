#include "bench/corpus/phrase_writer.h"

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {

void AppendPhrase(std::string& out,
                  std::string_view phrase,
                  const PostingPlan& plan,
                  Random& random) {
  // Phrases are full width throughout, so that an ASCII letter can only be a slot.
  while (true) {
    const size_t slot = phrase.find_first_of("ONSX");
    out += phrase.substr(0, slot);
    if (slot == std::string_view::npos) {
      return;
    }
    switch (phrase[slot]) {
      case 'O':
        out += plan.occupation->objects.PickUsual(random);
        break;
      case 'S':
        out += plan.occupation->sites.PickUsual(random);
        break;
      case 'X':
        out += plan.employer.coined;
        break;
      default:
        AppendWideNumber(out, random.Between(2, 9));
        break;
    }
    phrase.remove_prefix(slot + 1);
  }
}

}  // namespace kyujin::corpus
