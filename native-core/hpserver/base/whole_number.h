#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace hpserver {

// Parses `text` as a decimal number; nothing if it isn't one, if other characters surround it, or
// if it doesn't fit.
template <std::integral Number>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
  Number number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

}  // namespace hpserver
