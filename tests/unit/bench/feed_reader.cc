#include "tests/unit/bench/feed_reader.h"

#include <expat.h>

#include <memory>
#include <type_traits>

namespace kyujin::corpus {
namespace {

struct State {
  std::vector<std::string> path;
  std::vector<Record> records;
  bool is_feed = true;
};

void OnStart(void* data, const XML_Char* name, const XML_Char** /*attributes*/) {
  auto& state = *static_cast<State*>(data);
  state.path.emplace_back(name);
  const std::vector<std::string> expected = {"root", "kyujin", "data"};
  const size_t depth = state.path.size();
  state.is_feed = state.is_feed && depth <= 4 && (depth == 4 || expected[depth - 1] == name);
  if (depth == 3) {
    state.records.emplace_back();
  } else if (depth == 4) {
    state.is_feed = state.is_feed && state.records.back().emplace(name, "").second;
  }
}

void OnEnd(void* data, const XML_Char* /*name*/) {
  static_cast<State*>(data)->path.pop_back();
}

void OnText(void* data, const XML_Char* text, int size) {
  auto& state = *static_cast<State*>(data);
  if (state.path.size() == 4) {
    state.records.back()[state.path.back()].append(text, static_cast<size_t>(size));
  }
}

}  // namespace

std::vector<Record> ReadPage(std::string_view page) {
  State state;
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser.get(), OnText);
  const auto status = XML_Parse(parser.get(), page.data(), static_cast<int>(page.size()), XML_TRUE);
  return status == XML_STATUS_OK && state.is_feed ? state.records : std::vector<Record>{};
}

}  // namespace kyujin::corpus
