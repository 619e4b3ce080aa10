#pragma once

#include <cstdint>

namespace hpserver::http {

// Tests eight bytes at once, as a word: high bits mark the matching bytes, exactly up to and
// including the first match.

inline constexpr std::uint64_t kEveryByte = 0x0101'0101'0101'0101;
inline constexpr std::uint64_t kEveryHighBit = kEveryByte * 0x80;

constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return (word - kEveryByte) & ~word & kEveryHighBit;
}

// For an ASCII character.
constexpr std::uint64_t bytes_like(std::uint64_t word, char letter) noexcept {
  return zero_bytes(word ^ (kEveryByte * static_cast<unsigned char>(letter)));
}

constexpr std::uint64_t control_bytes(std::uint64_t word) noexcept {
  const std::uint64_t below_space = (word - kEveryByte * ' ') & ~word & kEveryHighBit;
  return below_space | bytes_like(word, '\x7f');
}

}  // namespace hpserver::http
