#include "addon/exchange/exchange.h"

#include "addon/exchange/exchange_table.h"

namespace hpserver::binding {

double Exchange::number() const noexcept {
  return ExchangeTable::number_of(slot_, generation_);
}

void Exchange::report(JsCalls& calls, ExchangeEvent event) const {
  if (watched_) calls.on_event(number(), event);
}

void Exchange::release(JsCalls& calls, ExchangeEvent last) {
  if (!live_) return;
  const double former = number();
  live_ = false;
  ++generation_;
  if (watched_) calls.on_event(former, last);
}

void Exchange::put_back() {
  taken_ = watched_ = false;
  table_.put_back(slot_);
}

}  // namespace hpserver::binding
