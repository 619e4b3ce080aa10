#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "addon/exchange/exchange.h"

namespace hpserver::binding {

// The exchanges of one JavaScript thread, by number: a slot, and how often it has been taken, so
// that a number which outlives its exchange finds nothing. For that thread.
class ExchangeTable {
 public:
  // As many as fit into a number; a connection has one at a time, so that far fewer are ever used.
  static constexpr std::size_t kMaxExchanges = std::size_t{1} << 20U;

  // Null at the limit.
  Exchange* take();
  // Null where the number's exchange is over.
  [[nodiscard]] Exchange* find(double number) const noexcept;

  // For exchanges only.
  [[nodiscard]] static double number_of(std::uint32_t slot, std::uint32_t generation) noexcept {
    return static_cast<double>(generation) * static_cast<double>(kMaxExchanges) + slot;
  }
  void put_back(std::uint32_t slot) { free_.push_back(slot); }

 private:
  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::vector<std::uint32_t> free_;
};

}  // namespace hpserver::binding
