#include "engine/search/word_key.h"

#include <utility>

#include "engine/base/coding.h"

namespace kyujin::search {
namespace {

bool ReadPart(ByteReader* reader, query::WordForm* form) {
  const auto offset = reader->Fixed<uint16_t>();
  const auto term = reader->Bytes();
  if (!offset || !term || term->empty() || (form->parts.empty() && *offset != 0)) {
    return false;
  }
  form->parts.push_back({std::string(*term), *offset});
  return true;
}

bool ReadForm(ByteReader* reader, query::WordForm* form) {
  const auto weight = reader->Fixed<uint16_t>();
  const auto parts = reader->Fixed<uint16_t>();
  if (!weight || !parts || *parts == 0) {
    return false;
  }
  form->weight = *weight;
  for (size_t i = 0; i < *parts; ++i) {
    if (!ReadPart(reader, form)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string WordKey(const query::Word& word, query::SearchFieldMask fields) {
  std::string key;
  AppendFixed(&key, fields);
  for (const query::WordForm& form : word.forms) {
    AppendFixed(&key, form.weight);
    AppendFixed(&key, static_cast<uint16_t>(form.parts.size()));
    for (const query::WordForm::Part& part : form.parts) {
      AppendFixed(&key, static_cast<uint16_t>(part.offset - form.parts.front().offset));
      AppendBytes(&key, part.term);
    }
  }
  return key;
}

std::optional<KeyedWord> ParseWordKey(std::string_view key) {
  ByteReader reader(key);
  const auto fields = reader.Fixed<query::SearchFieldMask>();
  if (!fields || (*fields & ~query::kAllSearchFields) != 0 || reader.empty()) {
    return std::nullopt;
  }
  KeyedWord keyed;
  keyed.fields = *fields;
  while (!reader.empty()) {
    query::WordForm form;
    if (!ReadForm(&reader, &form)) {
      return std::nullopt;
    }
    keyed.word.forms.push_back(std::move(form));
  }
  return keyed;
}

}  // namespace kyujin::search
