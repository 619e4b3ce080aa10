#include "hpserver/connection/overload/delay_shedder.h"

namespace hpserver {

namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void lower(std::atomic<std::int64_t>& least, std::int64_t value) noexcept {
  std::int64_t known = least.load(kRelaxed);
  while (value < known && !least.compare_exchange_weak(known, value, kRelaxed)) {
  }
}

void raise(std::atomic<std::int64_t>& most, std::int64_t value) noexcept {
  std::int64_t known = most.load(kRelaxed);
  while (value > known && !most.compare_exchange_weak(known, value, kRelaxed)) {
  }
}

}  // namespace

bool DelayShedder::keeps_up(std::chrono::nanoseconds waited, Deadline now) noexcept {
  const std::int64_t now_ns = std::chrono::nanoseconds(now.time_since_epoch()).count();
  std::int64_t end_ns = interval_end_ns_.load(kRelaxed);
  if (now_ns >= end_ns) {
    const std::int64_t next_ns = now_ns + options_.interval.count();
    if (interval_end_ns_.compare_exchange_strong(end_ns, next_ns, kRelaxed)) end_interval(end_ns);
  }
  lower(least_ns_, waited.count());
  raise(most_ns_, waited.count());
  return !overloaded_.load(kRelaxed) || waited <= options_.target;
}

// `began_ns` is the end of the previous interval, or 0 for the first: then nothing is known yet.
void DelayShedder::end_interval(std::int64_t began_ns) noexcept {
  const std::int64_t least_ns = least_ns_.exchange(INT64_MAX, kRelaxed);
  const std::int64_t most_ns = most_ns_.exchange(0, kRelaxed);
  if (began_ns == 0 || least_ns == INT64_MAX) return overloaded_.store(false, kRelaxed);
  const std::int64_t target_ns = options_.target.count();
  const bool goes_on = overloaded_.load(kRelaxed) && most_ns > target_ns;
  overloaded_.store(goes_on || least_ns > target_ns, kRelaxed);
}

}  // namespace hpserver
