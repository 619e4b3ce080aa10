#include "hpserver/event/watchdog.h"

#include <algorithm>
#include <utility>

#include "hpserver/event/notices.h"

namespace hpserver {

Watchdog::Watchdog(std::chrono::milliseconds limit)
    : limit_(limit), period_(std::max(limit / kLooksPerLimit, std::chrono::milliseconds{1})) {}

void Watchdog::look_after(Pulse& pulse, std::string name) {
  pulse.period_ms.store(period_.count());
  const std::lock_guard lock(mutex_);
  watched_.push_back({.pulse = &pulse, .name = std::move(name)});
}

void Watchdog::forget(const Pulse& pulse) {
  const std::lock_guard lock(mutex_);
  std::erase_if(watched_, [&pulse](const Watched& watched) { return watched.pulse == &pulse; });
}

Watchdog::Look Watchdog::look() {
  Look result;
  const std::lock_guard lock(mutex_);
  const std::int64_t now_ms = pulse_time_ms();
  for (Watched& watched : watched_) {
    const std::int64_t moved_at_ms = watched.pulse->moved_at_ms.load();
    const std::int64_t still_ms = moved_at_ms == 0 ? 0 : now_ms - moved_at_ms;
    const bool is_stuck = still_ms > limit_.count();
    if (is_stuck && !watched.is_told) {
      result.lines.push_back(watched.name + " has been stuck for " + std::to_string(still_ms) +
                             " ms: the service manager is no longer told that the server is alive");
    }
    watched.is_told = is_stuck;
    result.all_move = result.all_move && !is_stuck;
  }
  return result;
}

WatchedLoop::WatchedLoop(EventLoop& loop, std::shared_ptr<Watchdog> watchdog, std::string name,
                         Role role)
    : loop_(loop), watchdog_(std::move(watchdog)), look_timer_([this] { look(); }) {
  if (watchdog_ == nullptr) return;
  watchdog_->look_after(pulse_, std::move(name));
  heartbeat_ = std::make_unique<Heartbeat>(loop_, pulse_);
  if (role == Role::main && watchdog_->feeds()) look();
}

WatchedLoop::~WatchedLoop() {
  if (watchdog_ != nullptr) watchdog_->forget(pulse_);
}

void WatchedLoop::look() {
  const Watchdog::Look seen = watchdog_->look();
  for (const std::string& line : seen.lines) loop_.notices().note(Notices::Kind::stuck, {line});
  if (seen.all_move) watchdog_->feed();
  loop_.schedule(look_timer_, loop_.now() + watchdog_->period());
}

}  // namespace hpserver
