#include "addon/exchange/exchange_table.h"

namespace hpserver::binding {

Exchange* ExchangeTable::take_free() {
  Exchange& exchange = *exchanges_[free_.back()];
  free_.pop_back();
  exchange.taken_ = exchange.live_ = true;
  return &exchange;
}

Exchange* ExchangeTable::find(double number) const noexcept {
  if (!(number >= 0) || number >= 0x1p52) return nullptr;
  const auto packed = static_cast<std::uint64_t>(number);
  const std::uint64_t slot = packed % kMaxExchanges;
  if (slot >= exchanges_.size()) return nullptr;
  Exchange& exchange = *exchanges_[slot];
  const bool same = exchange.generation_ == packed / kMaxExchanges;
  return same && exchange.live_ ? &exchange : nullptr;
}

}  // namespace hpserver::binding
