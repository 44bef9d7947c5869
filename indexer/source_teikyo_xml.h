// TeikyoXmlSource: pages of the official feed, `<root><kyujin><data><tag>text</tag>…</data>…`.
// `<data>` may stand at any depth below the root. Any encoding is taken that the XML declaration
// names and the parser knows; a DOCTYPE is refused, and so are pages made to exhaust memory.
#pragma once

#include "indexer/source.h"

namespace kyujin::indexer {

// Confined to one thread.
class TeikyoXmlSource final : public Source {
 public:
  explicit TeikyoXmlSource(const RecordLimits& limits = {}) : limits_(limits) {}
  Status Read(ByteSource& input, uint32_t file, RecordSink& sink) override;

 private:
  RecordLimits limits_;
};

}  // namespace kyujin::indexer
