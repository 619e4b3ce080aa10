#include "addon/exchange/exchange.h"

#include "addon/exchange/exchange_table.h"
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

}  // namespace hpserver::binding
