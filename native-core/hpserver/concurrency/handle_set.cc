#include "hpserver/concurrency/handle_set.h"

#include <utility>

namespace hpserver {

Result<std::vector<Connection*>> HandleSet::wait_for_event() {
  EventLoop& loop = loop_.event_loop();
  std::chrono::milliseconds timeout{};
  {
    const std::lock_guard lock(mutex_);
    timeout = loop.sleep_time();
    sleeping_until_ = timeout.count() < 0 ? Deadline::max() : Clock::now() + timeout;
  }
  const auto waited = loop.wait(timeout);
  if (!waited) return waited.error();
  const std::lock_guard lock(mutex_);
  loop.dispatch();
  return std::exchange(ready_, {});
}

std::vector<Connection*> HandleSet::register_handle(Connection& connection) {
  EventLoop& loop = loop_.event_loop();
  const std::lock_guard lock(mutex_);
  loop.refresh_now();
  loop_.connections().take_back(connection);
  // The leader fell asleep until the timer that was the next one then; an earlier timer must
  // interrupt its wait.
  const auto rest = loop.sleep_time();
  if (rest.count() >= 0 && loop.now() + rest < sleeping_until_) loop.wake();
  return std::exchange(ready_, {});
}

bool HandleSet::take(Connection& connection) {
  ready_.push_back(&connection);
  return true;
}

}  // namespace hpserver
