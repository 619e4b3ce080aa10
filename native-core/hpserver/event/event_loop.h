#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
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

class Meter;
class Notices;

// What every dispatcher of events does, whatever it waits for: it gives handlers an identity, turns
// their timers, runs what other threads post, and calls whoever has something to do. Its leaves
// wait for readiness (Reactor), for completions (Proactor) or asleep in a system call
// (BlockingLoop). One thread drives it (`run`, or `turn` from a foreign loop); every method is for
// that thread only, unless it says "any thread".
class EventLoop {
 public:
  using Task = std::function<void()>;

  virtual ~EventLoop();

  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Gives `handler` an identity; it stays the caller's and outlives the registration.
  Token attach(EventHandler& handler);
  // Ends an identity: its handler hears nothing more, not even of this turn's remaining events.
  void detach(Token token);
  // The handler behind a token; null if that has ended.
  [[nodiscard]] EventHandler* find(Token token) const noexcept;

  // Reports the readiness of `fd` to the token's handler; `fd` stays the caller's.
  // Errors: those of Poller::add.
  virtual Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual void unwatch(int fd) = 0;
  // The same for one that is closed next; see Poller::forget.
  virtual void forget(int fd) { unwatch(fd); }

  // Calls the token's handler in the next turn, with no ready bit: how a handler that has used up
  // its budget lets the others go first. One call per turn, however often it is asked for.
  void defer(Token token);

  // Any thread: runs `task` on the loop's thread, in the order posted. What is still queued when
  // the loop ends is destroyed unrun. The queue is as long as its posters make it: a poster answers
  // for its own limit (a connection has at most one answer under way).
  void post(Task task);
  // Any thread: makes `run` return after the current turn.
  void stop();
  // Any thread: ends a wait under way; nothing else happens.
  void wake() noexcept { waker_.wake(); }

  static constexpr std::chrono::milliseconds kForever{-1};

  // Waits and dispatches until `stop`. Blocks. Errors: those of `wait`.
  Result<void> run();
  // Waits once, at most until `timeout` or the next timer, and dispatches what came.
  Result<void> turn(std::chrono::milliseconds timeout);

  // The two halves of a turn, for threads that take turns at waiting (leader/followers): `wait`
  // touches nothing that the other methods do, `dispatch` calls timers and handlers. Negative:
  // forever. Errors: those of the demultiplexer; a time-out and a signal are none.
  Result<void> wait(std::chrono::milliseconds timeout);
  void dispatch();

  // When this turn began: the clock is read once per turn.
  [[nodiscard]] Deadline now() const noexcept { return now_; }
  // Reads the clock again, for those who act outside a turn (a foreign loop's callback).
  void refresh_now() noexcept { now_ = Clock::now(); }
  // Calls `timer.on_timer` when `deadline` has passed, at most a tick late; moves it if it is
  // scheduled already.
  void schedule(TimerHandler& timer, Deadline deadline) noexcept {
    timers_.schedule(timer, deadline);
  }
  // How long `wait` may take; negative: until the descriptor fires.
  [[nodiscard]] std::chrono::milliseconds sleep_time() noexcept;
  // Hands the kernel what was started since the last wait; before a foreign loop sleeps.
  virtual void flush() {}

  // A descriptor that is readable while `wait` would find something, so that a foreign loop (libuv)
  // can watch this one; -1 where there is none (select, poll).
  [[nodiscard]] virtual int native_handle() const noexcept = 0;
  // What the log should hear of its work.
  [[nodiscard]] Notices& notices() const noexcept { return *notices_; }

  // Who counts what its thread does; null: nobody. Before it runs; outlives it.
  void count_with(Meter* meter) noexcept { meter_ = meter; }
  [[nodiscard]] Meter* meter() const noexcept { return meter_; }

  // How many descriptors it can watch at most.
  [[nodiscard]] virtual std::size_t capacity() const noexcept = 0;

 protected:
  explicit EventLoop(Waker waker);

  // Has the wake-up descriptor watched: once, when the leaf can watch. Errors: those of `watch`.
  Result<void> watch_waker();

  // One wait brings at most so much; more waits in the kernel for the next turn.
  static constexpr std::size_t kEventsPerTurn = 512;

  // Waits for a batch and returns how much came. May run on another thread than `dispatch_batch`,
  // never at the same time. Negative: forever.
  virtual Result<std::size_t> demultiplex(std::chrono::milliseconds timeout) = 0;
  // Calls the handlers of the batch.
  virtual void dispatch_batch() = 0;

  void report(const Event& event) const {
    if (EventHandler* const handler = find(event.token)) handler->on_ready(event.ready);
  }

 private:
  struct Slot {
    EventHandler* handler = nullptr;
    std::uint32_t generation = 0;
    bool deferred = false;
  };

  // Takes the wake-up as an event, so that it needs no case of its own in the dispatch.
  class PostedTasks;

  void run_deferred();
  void run_posted();

  Waker waker_;
  std::unique_ptr<PostedTasks> posted_tasks_;
  TimerWheel timers_;
  Deadline now_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<Token> deferred_;
  std::vector<Token> resumed_;  // the deferred ones of this turn; kept for its memory
  std::mutex posted_mutex_;
  std::vector<Task> posted_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<Notices> notices_;
  Meter* meter_ = nullptr;
};

}  // namespace hpserver
