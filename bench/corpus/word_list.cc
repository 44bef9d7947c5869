#include "bench/corpus/word_list.h"

namespace kyujin::corpus {

WordList::WordList(std::string_view text, char separator) {
  while (!text.empty()) {
    const size_t end = text.find(separator);
    words_.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return;
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace kyujin::corpus
