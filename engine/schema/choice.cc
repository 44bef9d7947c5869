#include "engine/schema/choice.h"

#include "engine/base/result.h"
#include "engine/schema/code_table.h"

namespace kyujin::schema {

std::vector<Choice> LabelledChoices(std::string_view table, std::vector<Choice> choices) {
  const CodeTable* codes = FindCodeTable(table);
  KYUJIN_CHECK(codes != nullptr);
  for (Choice& choice : choices) {
    const Code* code = codes->Find(choice.code);
    KYUJIN_CHECK(code != nullptr);
    choice.label = code->label;
  }
  return choices;
}

const Choice* FindChoice(std::span<const Choice> choices, uint32_t value) {
  for (const Choice& choice : choices) {
    if (choice.value == value) {
      return &choice;
    }
  }
  return nullptr;
}

}  // namespace kyujin::schema
