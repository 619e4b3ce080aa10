#pragma once

#include <cstdint>

namespace hpserver {

// Identifies a registered handler in a demultiplexer: a slot, and how many times it has been taken.
// An event for the slot's previous owner carries an older generation and is dropped, so a
// descriptor number that the kernel reuses can never reach the wrong handler.
// See: POSA2, Asynchronous Completion Token.
struct Token {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;

  friend bool operator==(const Token&, const Token&) = default;

  [[nodiscard]] constexpr std::uint64_t packed() const noexcept {
    return (static_cast<std::uint64_t>(generation) << 32U) | slot;
  }
  [[nodiscard]] static constexpr Token unpacked(std::uint64_t packed) noexcept {
    return {static_cast<std::uint32_t>(packed), static_cast<std::uint32_t>(packed >> 32U)};
  }
};

}  // namespace hpserver
