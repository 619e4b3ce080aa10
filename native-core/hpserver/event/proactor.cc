#include "hpserver/event/proactor.h"

#include <utility>

namespace hpserver {

Result<std::unique_ptr<Proactor>> Proactor::create(std::unique_ptr<CompletionPort> port) {
  auto waker = Waker::create();
  if (!waker) return waker.error();
  std::unique_ptr<Proactor> proactor(new Proactor(std::move(port), std::move(*waker)));
  const auto watched = proactor->watch_waker();
  if (!watched) return watched.error();
  return proactor;
}

Proactor::Proactor(std::unique_ptr<CompletionPort> port, Waker waker)
    : EventLoop(std::move(waker)), port_(std::move(port)), events_(kEventsPerTurn) {}

Result<std::size_t> Proactor::demultiplex(std::chrono::milliseconds timeout) {
  const auto count = port_->wait(events_, timeout);
  event_count_ = count ? *count : 0;
  return count;
}

void Proactor::dispatch_batch() {
  for (std::size_t index = 0; index < event_count_; ++index) {
    const PortEvent& event = events_[index];
    if (event.handler != nullptr) {
      event.handler->on_completion(event.completion);
    } else {
      report(event.event);
    }
  }
  event_count_ = 0;
}

}  // namespace hpserver
