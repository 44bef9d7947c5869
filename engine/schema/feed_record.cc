#include "engine/schema/feed_record.h"

#include <algorithm>

#include "engine/schema/value_reader.h"

namespace kyujin::schema {
namespace {

bool TagBefore(const FeedRecord::Value& value, Tag tag) {
  return value.tag < tag;
}

}  // namespace

void FeedRecord::Set(std::string_view name, std::string_view text) {
  if (const auto tag = FindTag(name)) {
    Set(*tag, text);
    return;
  }
  const bool is_blank = TrimValue(text).empty();
  const auto found = std::find_if(unknown_.begin(), unknown_.end(), [&](const UnknownValue& value) {
    return value.tag == name;
  });
  if (found == unknown_.end()) {
    if (!is_blank) {
      unknown_.push_back({std::string(name), std::string(text)});
    }
  } else if (is_blank) {
    unknown_.erase(found);
  } else {
    found->text = text;
  }
}

void FeedRecord::Set(Tag tag, std::string_view text) {
  const bool is_blank = TrimValue(text).empty();
  const auto place = std::lower_bound(values_.begin(), values_.end(), tag, TagBefore);
  const bool is_set = place != values_.end() && place->tag == tag;
  if (is_blank) {
    if (is_set) {
      values_.erase(place);
    }
  } else if (is_set) {
    place->text = text;
  } else {
    values_.insert(place, {tag, std::string(text)});
  }
}

std::string_view FeedRecord::Get(Tag tag) const {
  const auto place = std::lower_bound(values_.begin(), values_.end(), tag, TagBefore);
  return place != values_.end() && place->tag == tag ? std::string_view(place->text)
                                                     : std::string_view();
}

void FeedRecord::Clear() {
  values_.clear();
  unknown_.clear();
}

}  // namespace kyujin::schema
