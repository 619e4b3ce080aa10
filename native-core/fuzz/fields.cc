// Values of fields that a handler's answer depends on: dates, ranges, lists, chunk extensions.

#include <cstdint>

#include "hpserver/protocol/http/file/byte_range.h"
#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "target.h"
#include "test/rules.h"

namespace hpserver::fuzz {
namespace {

using testing::require;

void try_date(std::string_view text) {
  const auto time = http::parse_date(text);
  if (!time) return;
  std::string rendered(http::kDateBytes, ' ');
  http::render_date(*time, rendered.data());
  require(http::parse_date(rendered) == time, "a date that was read is written alike");
}

void try_ranges(std::string_view text, std::uint64_t size_bytes) {
  const http::RangeSet set = http::parse_ranges(text, size_bytes);
  require((set.count > 0) == (set.kind == http::RangeSet::Kind::partial), "a part has a range");
  std::uint64_t total_bytes = 0;
  for (const auto& [offset, length] : set.ranges()) {
    require(length > 0 && length <= size_bytes && offset <= size_bytes - length,
            "a range is a part of the file");
    total_bytes += length;
  }
  require(total_bytes <= size_bytes, "ranges add up to no more than the file");
}

void try_list(std::string_view list) {
  const char* const end = list.data() + list.size();
  std::size_t left = list.size() + 1;
  for (auto element = http::next_list_element(list); !element.empty();
       element = http::next_list_element(list)) {
    require(list.size() < left, "a list ends");
    left = list.size();
    require(element.data() + element.size() <= end, "an element stands in its list");
    require(element.find(',') == element.npos, "an element is one");
    require(element.front() != ' ' && element.back() != ' ', "an element is trimmed");
  }
}

void try_extensions(std::string_view text) {
  if (!http::are_chunk_extensions(text)) return;
  require(text.empty() || text.find(';') != text.npos, "an extension stands behind a semicolon");
  require(http::is_field_value(text), "an extension has no control characters");
  require(http::are_chunk_extensions(std::string(text) + ";a"), "there may be one more");
}

}  // namespace

void try_input(std::string_view input) {
  try_date(input);
  for (const std::uint64_t size_bytes :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10'000}, UINT64_MAX}) {
    try_ranges(input, size_bytes);
  }
  try_list(input);
  try_extensions(input);
  require(!http::is_field_name(input) || http::is_field_value(input), "a name could be a value");
}

}  // namespace hpserver::fuzz
