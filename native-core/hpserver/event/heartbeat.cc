#include "hpserver/event/heartbeat.h"

#include <chrono>

#include "hpserver/base/clock.h"

namespace hpserver {

std::int64_t pulse_time_ms() noexcept {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(Clock::now());
  return now.time_since_epoch().count();
}

Heartbeat::Heartbeat(EventLoop& loop, Pulse& pulse) : loop_(loop), pulse_(pulse) {
  if (pulse_.period_ms.load() == 0) return;
  loop_.refresh_now();
  on_timer();
}

Heartbeat::~Heartbeat() {
  pulse_.moved_at_ms.store(0);
}

void Heartbeat::on_timer() {
  pulse_.moved_at_ms.store(pulse_time_ms());
  const std::chrono::milliseconds period{pulse_.period_ms.load()};
  loop_.schedule(*this, loop_.now() + period);
}

}  // namespace hpserver
