#include "hpserver/event/reactor.h"

#include <utility>

namespace hpserver {

Result<std::unique_ptr<Reactor>> Reactor::create(std::unique_ptr<Poller> poller) {
  auto waker = Waker::create();
  if (!waker) return waker.error();
  std::unique_ptr<Reactor> reactor(new Reactor(std::move(poller), std::move(*waker)));
  const auto watched = reactor->watch_waker();
  if (!watched) return watched.error();
  return reactor;
}

Reactor::Reactor(std::unique_ptr<Poller> poller, Waker waker)
    : EventLoop(std::move(waker)), poller_(std::move(poller)), events_(kEventsPerTurn) {}

Result<std::size_t> Reactor::demultiplex(std::chrono::milliseconds timeout) {
  const auto count = poller_->wait(events_, timeout);
  event_count_ = count ? *count : 0;
  return count;
}

void Reactor::dispatch_batch() {
  for (std::size_t index = 0; index < event_count_; ++index) report(events_[index]);
  event_count_ = 0;
}

}  // namespace hpserver
