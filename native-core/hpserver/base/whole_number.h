#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace hpserver {

// Parses all of `text` as a decimal number. Returns nothing if `text` contains any other character,
// or if the number doesn't fit.
template <std::integral Number>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
  Number number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end != last) return std::nullopt;
  return number;
}

}  // namespace hpserver
