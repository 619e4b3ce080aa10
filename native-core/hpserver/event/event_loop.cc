#include "hpserver/event/event_loop.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/event/notices.h"

namespace hpserver {

namespace {

// Coarse enough that a turn of the wheel costs nothing, fine enough for timeouts of some seconds.
constexpr std::chrono::milliseconds kTick{50};

}  // namespace

class EventLoop::PostedTasks final : public EventHandler {
 public:
  explicit PostedTasks(EventLoop& loop) : loop_(loop) {}
  void on_ready(Ready) override { loop_.run_posted(); }

 private:
  EventLoop& loop_;
};

EventLoop::EventLoop(Waker waker)
    : waker_(std::move(waker)),
      posted_tasks_(std::make_unique<PostedTasks>(*this)),
      timers_(kTick, Clock::now()),
      now_(Clock::now()),
      notices_(std::make_unique<Notices>(*this)) {}

EventLoop::~EventLoop() = default;

Result<void> EventLoop::watch_waker() {
  return watch(waker_.fd(), attach(*posted_tasks_), {.readable = true}, Trigger::level);
}

Token EventLoop::attach(EventHandler& handler) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_slots_.back();
  free_slots_.pop_back();
  slots_[index].handler = &handler;
  return {.slot = index, .generation = slots_[index].generation};
}

void EventLoop::detach(Token token) {
  assert(find(token) != nullptr);
  Slot& slot = slots_[token.slot];
  slot.handler = nullptr;
  slot.deferred = false;
  ++slot.generation;
  free_slots_.push_back(token.slot);
}

EventHandler* EventLoop::find(Token token) const noexcept {
  if (token.slot >= slots_.size()) return nullptr;
  const Slot& slot = slots_[token.slot];
  return slot.generation == token.generation ? slot.handler : nullptr;
}

void EventLoop::defer(Token token) {
  assert(find(token) != nullptr);
  Slot& slot = slots_[token.slot];
  if (std::exchange(slot.deferred, true)) return;
  deferred_.push_back(token);
}

void EventLoop::post(Task task) {
  {
    const std::lock_guard lock(posted_mutex_);
    posted_.push_back(std::move(task));
  }
  waker_.wake();
}

void EventLoop::stop() {
  stopping_.store(true, std::memory_order_release);
  waker_.wake();
}

Result<void> EventLoop::run() {
  while (!stopping_.load(std::memory_order_acquire)) {
    const auto turned = turn(kForever);
    if (!turned) return turned;
  }
  return {};
}

Result<void> EventLoop::turn(std::chrono::milliseconds timeout) {
  if (timeout.count() != 0) {
    const auto until_timer = sleep_time();
    if (until_timer.count() >= 0 && (timeout.count() < 0 || until_timer < timeout)) {
      timeout = until_timer;
    }
  }
  const auto waited = wait(timeout);
  if (waited) dispatch();
  return waited;
}

Result<void> EventLoop::wait(std::chrono::milliseconds timeout) {
  const auto count = demultiplex(timeout);
  if (!count) return count.error();
  if (*count > 0) trace(TraceStep::wait);
  return {};
}

void EventLoop::dispatch() {
  now_ = Clock::now();
  run_deferred();
  dispatch_batch();
  // Timers run last: even after a long turn, events that arrived in time are handled before their
  // deadline fires.
  timers_.advance(now_, [](TimerNode& node) { static_cast<TimerHandler&>(node).on_timer(); });
}

std::chrono::milliseconds EventLoop::sleep_time() noexcept {
  if (!deferred_.empty()) return std::chrono::milliseconds::zero();
  const auto expiry = timers_.next_expiry();
  if (!expiry) return kForever;
  const auto rest = std::chrono::ceil<std::chrono::milliseconds>(*expiry - Clock::now());
  constexpr std::chrono::milliseconds kLongest{std::numeric_limits<int>::max()};
  return std::clamp(rest, std::chrono::milliseconds::zero(), kLongest);
}

void EventLoop::run_deferred() {
  if (deferred_.empty()) return;
  resumed_.swap(deferred_);
  for (const Token token : resumed_) {
    EventHandler* const handler = find(token);
    if (handler == nullptr) continue;
    slots_[token.slot].deferred = false;
    handler->on_ready({});
  }
  resumed_.clear();
}

void EventLoop::run_posted() {
  waker_.drain();
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(posted_mutex_);
    tasks.swap(posted_);
  }
  for (Task& task : tasks) task();
}

}  // namespace hpserver
