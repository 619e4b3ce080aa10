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

// The common part of all event dispatchers: gives handlers an identity, runs timers and tasks
// posted by other threads, and calls handlers that have something to do. Its subclasses wait for
// readiness (Reactor), for completions (Proactor) or in a blocking system call (BlockingLoop). One
// thread drives it (`run`, or `turn` from a foreign loop); every method is for that thread only,
// unless it says "any thread".
class EventLoop {
 public:
  using Task = std::function<void()>;

  virtual ~EventLoop();

  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Gives `handler` an identity. The caller keeps the handler, which must outlive its registration.
  Token attach(EventHandler& handler);
  // Removes an identity: its handler is never called again, not even for the rest of this turn's
  // events.
  void detach(Token token);
  // Returns the handler of a token; null if it was detached.
  [[nodiscard]] EventHandler* find(Token token) const noexcept;

  // Reports the readiness of `fd` to the token's handler; the caller keeps `fd`.
  // Errors: those of Poller::add.
  virtual Result<void> watch(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual Result<void> modify(int fd, Token token, Interest interest, Trigger trigger) = 0;
  virtual void unwatch(int fd) = 0;
  // Does the same for a descriptor that is about to be closed; see Poller::forget.
  virtual void forget(int fd) { unwatch(fd); }

  // Calls the token's handler in the next turn, with no ready bit: a handler that has used up its
  // budget thus lets other handlers go first. One call per turn, no matter how often it is
  // requested.
  void defer(Token token);

  // Any thread: runs `task` on the loop's thread, in the order posted. Tasks still queued when the
  // loop is destroyed are dropped. The queue has no limit of its own: callers must bound what they
  // post (a connection has at most one answer pending).
  void post(Task task);
  // Any thread: makes `run` return after the current turn.
  void stop();
  // Any thread: interrupts a wait and does nothing else.
  void wake() noexcept { waker_.wake(); }

  static constexpr std::chrono::milliseconds kForever{-1};

  // Waits and dispatches until `stop`. Blocks. Errors: those of `wait`.
  Result<void> run();
  // Waits once, at most until `timeout` or the next timer, and dispatches what came.
  Result<void> turn(std::chrono::milliseconds timeout);

  // The two halves of a turn, for threads that take turns at waiting (leader/followers): `wait`
  // touches nothing that other methods use, `dispatch` runs timers and handlers. Negative:
  // infinite. Errors: those of the demultiplexer; a timeout or a signal isn't one.
  Result<void> wait(std::chrono::milliseconds timeout);
  void dispatch();

  // When this turn began: the clock is read once per turn.
  [[nodiscard]] Deadline now() const noexcept { return now_; }
  // Reads the clock again, for code outside a turn (a foreign loop's callback).
  void refresh_now() noexcept { now_ = Clock::now(); }
  // Calls `timer.on_timer` once `deadline` has passed, at most a tick late; reschedules it if it is
  // already scheduled.
  void schedule(TimerHandler& timer, Deadline deadline) noexcept {
    timers_.schedule(timer, deadline);
  }
  // How long `wait` may sleep; negative: until the descriptor is ready.
  [[nodiscard]] std::chrono::milliseconds sleep_time() noexcept;
  // Submits to the kernel what was started since the last wait; call it before a foreign loop
  // sleeps.
  virtual void flush() {}

  // A descriptor that is readable while `wait` would find something, for a foreign loop (libuv) to
  // watch; -1 if there is none (select, poll).
  [[nodiscard]] virtual int native_handle() const noexcept = 0;
  // What this loop reports to the log.
  [[nodiscard]] Notices& notices() const noexcept { return *notices_; }

  // Sets who counts this thread's work; null: no one. Call it before the loop runs; the meter must
  // outlive the loop.
  void count_with(Meter* meter) noexcept { meter_ = meter; }
  [[nodiscard]] Meter* meter() const noexcept { return meter_; }

  // The maximum number of descriptors.
  [[nodiscard]] virtual std::size_t capacity() const noexcept = 0;

 protected:
  explicit EventLoop(Waker waker);

  // Watches the wake-up descriptor; called once, when the subclass is ready to watch. Errors: those
  // of `watch`.
  Result<void> watch_waker();

  // The most events of one wait; further ones stay in the kernel until the next turn.
  static constexpr std::size_t kEventsPerTurn = 512;

  // Waits for a batch and returns its size. May run on another thread than `dispatch_batch`, but
  // never at the same time. Negative: infinite.
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

  // Handles the wake-up like any event, so the dispatch needs no special case.
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
  std::vector<Token> resumed_;  // this turn's deferred handlers; kept for its capacity
  std::mutex posted_mutex_;
  std::vector<Task> posted_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<Notices> notices_;
  Meter* meter_ = nullptr;
};

}  // namespace hpserver
