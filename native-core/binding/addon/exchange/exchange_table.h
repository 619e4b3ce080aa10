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

  // Null at the limit. All of a table's are of one kind.
  template <typename Kind>
  Kind* take() {
    if (free_.empty()) {
      if (exchanges_.size() == kMaxExchanges) return nullptr;
      const auto slot = static_cast<std::uint32_t>(exchanges_.size());
      exchanges_.push_back(std::make_unique<Kind>(*this, slot));
      free_.push_back(slot);
    }
    return static_cast<Kind*>(take_free());
  }
  // Calls `visit(kind)` for each that is not over.
  template <typename Kind, typename Visit>
  void each_live(const Visit& visit) {
    for (const auto& exchange : exchanges_) {
      if (exchange->live()) visit(static_cast<Kind&>(*exchange));
    }
  }
  // Null where the number's exchange is over.
  [[nodiscard]] Exchange* find(double number) const noexcept;

  // For exchanges only.
  [[nodiscard]] static double number_of(std::uint32_t slot, std::uint32_t generation) noexcept {
    return static_cast<double>(generation) * static_cast<double>(kMaxExchanges) + slot;
  }
  void put_back(std::uint32_t slot) { free_.push_back(slot); }

 private:
  Exchange* take_free();

  std::vector<std::unique_ptr<Exchange>> exchanges_;
  std::vector<std::uint32_t> free_;
};

}  // namespace hpserver::binding
