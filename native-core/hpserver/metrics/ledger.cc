#include "hpserver/metrics/ledger.h"

#include <algorithm>

namespace hpserver {

void LedgerText::write(std::string_view text) noexcept {
  const std::size_t size = std::min(text.size(), kBytes);
  for (std::size_t at = 0; at < size; ++at) bytes[at].store(text[at], std::memory_order_relaxed);
  is_whole.store(true, std::memory_order_release);
}

std::string_view LedgerText::read(std::array<char, kBytes>& into) const noexcept {
  if (!is_whole.load(std::memory_order_acquire)) return {};
  std::size_t size = 0;
  for (; size < kBytes; ++size) {
    into[size] = bytes[size].load(std::memory_order_relaxed);
    if (into[size] == '\0') break;
  }
  return {into.data(), size};
}

}  // namespace hpserver
