#include "bench/corpus/phrase_writer.h"

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {

PhraseWriter::PhraseWriter(const PlaceCatalogue& places) : places_(places) {
  for (size_t i = 0; i < topics_.size(); ++i) {
    topics_[i] = WordList(Topics(static_cast<TopicGroup>(i)));
  }
}

void PhraseWriter::Append(std::string& out,
                          std::string_view phrase,
                          const PostingPlan& plan,
                          Random& random) const {
  // Phrases are full width throughout, so that an ASCII letter can only be a slot.
  std::string_view topic;
  while (true) {
    const size_t slot = phrase.find_first_of("NOPSTX");
    out += phrase.substr(0, slot);
    if (slot == std::string_view::npos) {
      return;
    }
    switch (phrase[slot]) {
      case 'O':
        out += plan.occupation->objects.PickUsual(random);
        break;
      case 'P':
        out += places_.MunicipalityName(places_.PickPlace(random, plan.employer.place.prefecture));
        break;
      case 'S':
        out += plan.occupation->sites.PickUsual(random);
        break;
      case 'T':
        for (const std::string_view last = topic; topic == last;) {
          topic = PickTopic(plan, random);
        }
        out += topic;
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

std::string_view PhraseWriter::PickTopic(const PostingPlan& plan, Random& random) const {
  const EmployerKind kind = Industries()[plan.occupation->industries.front()].kind;
  return topics_[static_cast<size_t>(TopicGroupOf(plan.occupation->shifts, kind))].PickUsual(
      random);
}

}  // namespace kyujin::corpus
