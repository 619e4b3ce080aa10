#include "hpserver/protocol/http/file/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "hpserver/protocol/http/message/field_syntax.h"

namespace hpserver::http {
namespace {

struct Limits {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> last;
};

// Digits only. A number beyond 64 bits is beyond every file, so it becomes the largest one.
std::optional<std::uint64_t> read_number(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc{} ? number : UINT64_MAX;
}

// "0-99", "200-" or "-50"; nothing if the text is something else.
std::optional<Limits> read_limits(std::string_view text) noexcept {
  const std::size_t dash = text.find('-');
  if (dash == text.npos || text.size() == 1) return std::nullopt;
  const std::string_view first = text.substr(0, dash);
  const std::string_view last = text.substr(dash + 1);
  const Limits limits{read_number(first), read_number(last)};
  if (!first.empty() && !limits.first) return std::nullopt;
  if (!last.empty() && !limits.last) return std::nullopt;
  if (limits.first && limits.last && *limits.first > *limits.last) return std::nullopt;
  return limits;
}

// The part of the requested range that a file of this size has; empty if it has none of it.
ByteRange clip(const Limits& limits, std::uint64_t size_bytes) noexcept {
  if (!limits.first) {
    const std::uint64_t length = std::min(*limits.last, size_bytes);
    return {size_bytes - length, length};
  }
  if (*limits.first >= size_bytes) return {};
  const std::uint64_t last = std::min(limits.last.value_or(UINT64_MAX), size_bytes - 1);
  return {*limits.first, last - *limits.first + 1};
}

}  // namespace

RangeSet parse_ranges(std::string_view field, std::uint64_t size_bytes) noexcept {
  constexpr std::string_view kUnit = "bytes=";
  if (field.size() < kUnit.size() || !equal_ignoring_case(field.substr(0, kUnit.size()), kUnit)) {
    return {};
  }
  field.remove_prefix(kUnit.size());
  RangeSet set;
  std::size_t asked_count = 0;
  std::uint64_t total_bytes = 0;
  for (auto text = next_list_element(field); !text.empty(); text = next_list_element(field)) {
    const auto limits = read_limits(text);
    if (!limits || ++asked_count > kMaxRanges) return {};
    const ByteRange range = clip(*limits, size_bytes);
    if (range.length == 0) continue;
    if (range.length > size_bytes - total_bytes) return {};
    total_bytes += range.length;
    set.storage[set.count++] = range;
  }
  if (asked_count == 0) return {};
  set.kind = set.count > 0 ? RangeSet::Kind::partial : RangeSet::Kind::unsatisfiable;
  return set;
}

}  // namespace hpserver::http
