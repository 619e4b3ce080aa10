#include "hpserver/event/proactor.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "hpserver/base/clock.h"

namespace hpserver {

namespace {

// How long the kernel may take to cancel.
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::size_t kEventsPerHearing = 64;

}  // namespace

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
  const bool owes = !kept_.empty();
  const auto count = port_->wait(events_, owes ? std::chrono::milliseconds::zero() : timeout);
  event_count_ = count ? *count : 0;
  return count;
}

void Proactor::dispatch_batch() {
  dispatch_kept();
  for (next_event_ = 0; next_event_ < event_count_;) dispatch(events_[next_event_++]);
  event_count_ = 0;
  dispatch_kept();
}

void Proactor::dispatch(const PortEvent& event) {
  if (event.handler != nullptr) {
    event.handler->on_completion(event.completion);
  } else {
    report(event.event);
  }
}

void Proactor::dispatch_kept() {
  while (!kept_.empty()) {
    for (const PortEvent& event : std::exchange(kept_, {})) dispatch(event);
  }
}

Result<void> Proactor::hear_out(const CompletionHandler& handler,
                                const std::function<bool()>& done) {
  const auto is_its = [&](const PortEvent& event) { return event.handler == &handler; };
  // First removes the handler's events from the rest of this turn's batch.
  for (std::size_t index = next_event_; index < event_count_ && !done();) {
    if (!is_its(events_[index])) {
      ++index;
      continue;
    }
    const PortEvent event = events_[index];
    events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(index));
    events_.emplace_back();
    --event_count_;
    dispatch(event);
  }
  const Deadline end = Clock::now() + kPatience;
  while (!done() && Clock::now() < end) {
    std::array<PortEvent, kEventsPerHearing> events;
    const auto count = port_->wait(events, kPatience);
    if (!count) return count.error();
    for (const PortEvent& event : std::span{events}.first(*count)) {
      if (is_its(event)) {
        dispatch(event);
      } else {
        kept_.push_back(event);
      }
    }
  }
  // The next turn may be far away, and the port won't report the kept events again.
  if (!kept_.empty()) wake();
  return {};
}

}  // namespace hpserver
