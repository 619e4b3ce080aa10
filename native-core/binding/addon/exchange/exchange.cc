#include "addon/exchange/exchange.h"

#include "addon/settings/process_memory.h"

namespace hpserver::binding {

double Exchange::number() const noexcept {
  return ExchangeTable::number_of(slot_, generation_);
}

bool Exchange::claim(std::uint64_t bytes) noexcept {
  return claim_.grow_to(process_memory(), bytes);
}

void Exchange::report(JsCalls& calls, ExchangeEvent event) const {
  if (watched_) calls.on_event(number(), event);
}

void Exchange::release(JsCalls& calls, ExchangeEvent last) {
  if (!live_) return;
  const double former = number();
  live_ = false;
  ++generation_;
  claim_.reset();
  if (watched_) calls.on_event(former, last);
}

void Exchange::put_back() {
  taken_ = watched_ = false;
  table_.put_back(slot_);
}

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
