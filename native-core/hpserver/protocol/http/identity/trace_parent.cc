#include "hpserver/protocol/http/identity/trace_parent.h"

#include <algorithm>
#include <cstddef>

namespace hpserver::http {

namespace {

constexpr std::size_t kFirstVersionBytes = 55;

// Only in lower case, as the specification says.
bool is_hex(std::string_view text) noexcept {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) noexcept {
  return is_hex(text) && text.find_first_not_of('0') != text.npos;
}

}  // namespace

std::optional<TraceParent> TraceParent::parse(std::string_view value) noexcept {
  if (value.size() < kFirstVersionBytes) return std::nullopt;
  if (value[2] != '-' || value[35] != '-' || value[52] != '-') return std::nullopt;
  const TraceParent parsed{.version = value.substr(0, 2),
                           .trace_id = value.substr(3, 32),
                           .parent_id = value.substr(36, 16),
                           .flags = value.substr(53, 2)};
  if (!is_hex(parsed.version) || parsed.version == "ff") return std::nullopt;
  if (!is_id(parsed.trace_id) || !is_id(parsed.parent_id)) return std::nullopt;
  if (!is_hex(parsed.flags)) return std::nullopt;
  if (value.size() == kFirstVersionBytes) return parsed;
  // Later versions may add more after another dash; version 00 never does.
  if (parsed.version == "00" || value[kFirstVersionBytes] != '-') return std::nullopt;
  return parsed;
}

}  // namespace hpserver::http
