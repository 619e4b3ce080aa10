#include "hpserver/event/reactor.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace hpserver {

namespace {

// Coarse enough that a wheel turn costs nothing, fine enough for time-outs of some seconds.
constexpr std::chrono::milliseconds kTick{50};
// One wait brings at most so many events; more wait in the kernel for the next turn.
constexpr std::size_t kEventsPerTurn = 512;
constexpr std::chrono::milliseconds kForever{-1};

}  // namespace

class Reactor::PostedTasks final : public EventHandler {
 public:
  explicit PostedTasks(Reactor& reactor) : reactor_(reactor) {}
  void on_ready(Ready) override { reactor_.run_posted(); }

 private:
  Reactor& reactor_;
};

Result<std::unique_ptr<Reactor>> Reactor::create(std::unique_ptr<Poller> poller) {
  auto waker = Waker::create();
  if (!waker) return waker.error();
  std::unique_ptr<Reactor> reactor(new Reactor(std::move(poller), std::move(*waker)));
  const Token token = reactor->attach(*reactor->posted_tasks_);
  const auto watched =
      reactor->watch(reactor->waker_.fd(), token, {.readable = true}, Trigger::level);
  if (!watched) return watched.error();
  return reactor;
}

Reactor::Reactor(std::unique_ptr<Poller> poller, Waker waker)
    : poller_(std::move(poller)),
      waker_(std::move(waker)),
      posted_tasks_(std::make_unique<PostedTasks>(*this)),
      timers_(kTick, Clock::now()),
      now_(Clock::now()),
      events_(kEventsPerTurn) {}

Reactor::~Reactor() = default;

Token Reactor::attach(EventHandler& handler) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_slots_.back();
  free_slots_.pop_back();
  slots_[index].handler = &handler;
  return {.slot = index, .generation = slots_[index].generation};
}

void Reactor::detach(Token token) {
  assert(find(token) != nullptr);
  Slot& slot = slots_[token.slot];
  slot.handler = nullptr;
  slot.deferred = false;
  ++slot.generation;
  free_slots_.push_back(token.slot);
}

EventHandler* Reactor::find(Token token) const noexcept {
  if (token.slot >= slots_.size()) return nullptr;
  const Slot& slot = slots_[token.slot];
  return slot.generation == token.generation ? slot.handler : nullptr;
}

Result<void> Reactor::watch(int fd, Token token, Interest interest, Trigger trigger) {
  return poller_->add(fd, token, interest, trigger);
}

Result<void> Reactor::modify(int fd, Token token, Interest interest, Trigger trigger) {
  return poller_->modify(fd, token, interest, trigger);
}

void Reactor::unwatch(int fd) {
  // Only ENOENT is possible, and then it is what was wanted.
  static_cast<void>(poller_->remove(fd));
}

void Reactor::defer(Token token) {
  assert(find(token) != nullptr);
  Slot& slot = slots_[token.slot];
  if (std::exchange(slot.deferred, true)) return;
  deferred_.push_back(token);
}

void Reactor::post(Task task) {
  {
    const std::lock_guard lock(posted_mutex_);
    posted_.push_back(std::move(task));
  }
  waker_.wake();
}

void Reactor::stop() {
  stopping_.store(true, std::memory_order_release);
  waker_.wake();
}

Result<void> Reactor::run() {
  while (!stopping_.load(std::memory_order_acquire)) {
    const auto turned = turn(kForever);
    if (!turned) return turned;
  }
  return {};
}

Result<void> Reactor::turn(std::chrono::milliseconds timeout) {
  if (!deferred_.empty()) {
    timeout = std::chrono::milliseconds::zero();
  } else if (timeout.count() != 0) {
    const auto until_timer = sleep_time();
    if (until_timer.count() >= 0 && (timeout.count() < 0 || until_timer < timeout)) {
      timeout = until_timer;
    }
  }
  const auto count = poller_->wait(events_, timeout);
  if (!count) return count.error();
  now_ = Clock::now();
  timers_.advance(now_, [](TimerNode& node) { static_cast<TimerHandler&>(node).on_timer(); });
  run_deferred();
  for (std::size_t index = 0; index < *count; ++index) {
    const Event& event = events_[index];
    if (EventHandler* const handler = find(event.token)) handler->on_ready(event.ready);
  }
  return {};
}

std::chrono::milliseconds Reactor::sleep_time() noexcept {
  if (!deferred_.empty()) return std::chrono::milliseconds::zero();
  const auto expiry = timers_.next_expiry();
  if (!expiry) return kForever;
  const auto rest = std::chrono::ceil<std::chrono::milliseconds>(*expiry - Clock::now());
  constexpr std::chrono::milliseconds kLongest{std::numeric_limits<int>::max()};
  return std::clamp(rest, std::chrono::milliseconds::zero(), kLongest);
}

void Reactor::run_deferred() {
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

void Reactor::run_posted() {
  waker_.drain();
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(posted_mutex_);
    tasks.swap(posted_);
  }
  for (Task& task : tasks) task();
}

}  // namespace hpserver
