// FeedRecord: writes one `<data>` element of a feed page, tag by tag, into a buffer that is reused.
#pragma once

#include <string>
#include <string_view>

namespace kyujin::corpus {

// Appends `text` with & < > escaped.
void AppendEscaped(std::string& out, std::string_view text);

// Thread rule: **Thread-compatible.** Holds the buffer, which must outlive it.
class FeedRecord {
 public:
  explicit FeedRecord(std::string& out) : out_(out) {}

  void Begin() { out_ += "<data>"; }
  void End() { out_ += "</data>\n"; }

  // Writes `<tag>value</tag>` and a line feed, the value escaped.
  void Add(std::string_view tag, std::string_view value);
  void AddNumber(std::string_view tag, int value);
  // Writes an empty element.
  void AddEmpty(std::string_view tag) { Add(tag, {}); }

 private:
  std::string& out_;
};

}  // namespace kyujin::corpus
