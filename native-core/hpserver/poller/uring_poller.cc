#include "hpserver/poller/uring_poller.h"

#include <cassert>

#include "hpserver/poller/time_left.h"

namespace hpserver {

Result<UringPoller> UringPoller::create() {
  auto ring = UringRing::create();
  if (!ring) return ring.error();
  return UringPoller{std::move(*ring)};
}

// Restarts a wait that returned only reports of descriptors no longer watched.
Result<std::size_t> UringPoller::wait(std::span<Event> events, std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  while (true) {
    watches_.rearm(ring_);
    const auto came = ring_.wait(std::chrono::milliseconds{left.in_milliseconds()});
    if (!came) return came.error();
    std::size_t filled = 0;
    UringCompletion completion;
    while (filled < events.size() && ring_.take(completion)) {
      if (!UringWatches::is_report(completion.tag)) continue;
      if (const auto event = watches_.take(ring_, completion)) events[filled++] = *event;
    }
    if (filled == 0 && *came) continue;
    ring_.remind();
    return filled;
  }
}

void UringPoller::flush() {
  watches_.rearm(ring_);
  ring_.submit();
}

}  // namespace hpserver
