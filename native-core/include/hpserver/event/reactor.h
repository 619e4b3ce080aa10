#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/timer_wheel.h"
#include "hpserver/event/waker.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// The readiness dispatcher: waits on one poller and calls the handler of each event; turns the
// timers; runs what other threads post. One thread drives it (`run`, or `turn` from a foreign
// loop); every method is for that thread only, unless it says "any thread".
// See: POSA2, Reactor.
class Reactor {
 public:
  using Task = std::function<void()>;

  // Takes over the poller. Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor).
  static Result<std::unique_ptr<Reactor>> create(std::unique_ptr<Poller> poller);
  ~Reactor();

  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  // Gives `handler` an identity; it stays the caller's and outlives the registration.
  Token attach(EventHandler& handler);
  // Ends an identity: its handler hears nothing more, not even of this turn's remaining events.
  void detach(Token token);
  // The handler behind a token; null if that has ended.
  [[nodiscard]] EventHandler* find(Token token) const noexcept;

  // Reports `fd` to the token's handler; `fd` stays the caller's. Errors: those of Poller::add.
  Result<void> watch(int fd, Token token, Interest interest, Trigger trigger);
  Result<void> modify(int fd, Token token, Interest interest, Trigger trigger);
  void unwatch(int fd);

  // Calls the token's handler in the next turn, with no ready bit: how a handler that has used up
  // its budget lets the others go first. One call per turn, however often it is asked for.
  void defer(Token token);

  // Any thread: runs `task` on the reactor's thread, in the order posted. What is still queued
  // when the reactor ends is destroyed unrun. The queue is as long as its posters make it: a
  // poster answers for its own limit (a connection has at most one answer under way).
  void post(Task task);
  // Any thread: makes `run` return after the current turn.
  void stop();

  // Waits and dispatches until `stop`. Blocks. Errors: those of Poller::wait.
  Result<void> run();
  // Waits once, at most until `timeout` or the next timer, and dispatches what came.
  Result<void> turn(std::chrono::milliseconds timeout);

  // When this turn began: the clock is read once per turn.
  [[nodiscard]] Deadline now() const noexcept { return now_; }
  // Reads the clock again, for those who act outside a turn (a foreign loop's callback).
  void refresh_now() noexcept { now_ = Clock::now(); }
  // Calls `timer.on_timer` when `deadline` has passed, at most a tick late; moves it if it is
  // scheduled already.
  void schedule(TimerHandler& timer, Deadline deadline) noexcept {
    timers_.schedule(timer, deadline);
  }
  // How long a foreign loop may sleep before `turn` is due; negative: until the descriptor fires.
  [[nodiscard]] std::chrono::milliseconds sleep_time() noexcept;
  [[nodiscard]] int native_handle() const noexcept { return poller_->native_handle(); }

 private:
  struct Slot {
    EventHandler* handler = nullptr;
    std::uint32_t generation = 0;
    bool deferred = false;
  };

  // Takes the wake-up as an event, so that it needs no case of its own in the dispatch.
  class PostedTasks;

  Reactor(std::unique_ptr<Poller> poller, Waker waker);
  void run_deferred();
  void run_posted();

  std::unique_ptr<Poller> poller_;
  Waker waker_;
  std::unique_ptr<PostedTasks> posted_tasks_;
  TimerWheel timers_;
  Deadline now_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<Token> deferred_;
  std::vector<Token> resumed_;  // the deferred ones of this turn; kept for its memory
  std::vector<Event> events_;
  std::mutex posted_mutex_;
  std::vector<Task> posted_;
  std::atomic<bool> stopping_{false};
};

}  // namespace hpserver
