#include "bench/corpus/feed_record.h"

#include "bench/corpus/japanese_text.h"

namespace kyujin::corpus {

void AppendEscaped(std::string& out, std::string_view text) {
  while (true) {
    const size_t special = text.find_first_of("&<>");
    out += text.substr(0, special);
    if (special == std::string_view::npos) {
      return;
    }
    out += text[special] == '&' ? "&amp;" : text[special] == '<' ? "&lt;" : "&gt;";
    text.remove_prefix(special + 1);
  }
}

void FeedRecord::Add(std::string_view tag, std::string_view value) {
  out_ += '<';
  out_ += tag;
  out_ += '>';
  AppendEscaped(out_, value);
  out_ += "</";
  out_ += tag;
  out_ += ">\n";
}

void FeedRecord::AddNumber(std::string_view tag, int value) {
  out_ += '<';
  out_ += tag;
  out_ += '>';
  AppendNumber(out_, value);
  out_ += "</";
  out_ += tag;
  out_ += ">\n";
}

}  // namespace kyujin::corpus
