#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace hpserver {

// Records which foreign code a thread is calling at present. The thread itself writes the mark, at
// a few nanoseconds per call; a CallWatch reads it.
class CallMark {
 public:
  // A call in progress, from construction to destruction. `name` must outlive it. Calls may nest.
  class Call {
   public:
    Call(CallMark& mark, const char* name) noexcept
        : mark_(mark), outer_(mark.name_.load(std::memory_order_relaxed)) {
      mark_.count_.store(mark_.count_.load(std::memory_order_relaxed) + 1,
                         std::memory_order_relaxed);
      mark_.name_.store(name, std::memory_order_release);
    }
    ~Call() { mark_.name_.store(outer_, std::memory_order_release); }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    CallMark& mark_;
    const char* const outer_;
  };

 private:
  friend class CallWatch;

  std::atomic<const char*> name_{nullptr};
  std::atomic<std::uint64_t> count_{0};  // distinguishes successive calls
};

// Logs the name of any call that keeps a thread longer than the limit (a handler that blocks or
// never returns), once per call. A separate thread checks, four times per limit, since the blocked
// thread can't. It starts when the first mark joins, which must not be before a fork.
class CallWatch {
 public:
  using Tell = std::function<void(const std::string&)>;
  using Limit = std::function<std::chrono::milliseconds()>;

  // Zero: watches nothing.
  explicit CallWatch(std::chrono::milliseconds limit) : limit_(limit) {}
  // For a limit that may change: the watch's thread calls `limit` at least once a second.
  explicit CallWatch(Limit limit) : limit_(limit()), changing_(std::move(limit)) {}
  // Every mark must have left.
  ~CallWatch();

  CallWatch(const CallWatch&) = delete;
  CallWatch& operator=(const CallWatch&) = delete;

  // Any thread. The first mark to join sets `tell`, which is called on the watch's thread; null:
  // not called. If no thread can be started, nothing is watched. The mark must stay valid until
  // `leave`.
  void join(const CallMark& mark, const Tell& tell);
  // Any thread: once it returns, the mark and the names of its calls are no longer read.
  void leave(const CallMark& mark);

 private:
  using Clock = std::chrono::steady_clock;

  struct Watched {
    const CallMark* mark;
    std::uint64_t count = 0;
    Clock::time_point since;  // when this call was first seen
    bool told = false;
  };

  [[nodiscard]] std::chrono::milliseconds until_next_look() const;
  void run();
  void look(Watched& watched, Clock::time_point now, std::vector<std::string>& lines) const;

  std::chrono::milliseconds limit_;  // once the watch's thread runs, only it changes this
  const Limit changing_;             // empty: the limit is fixed
  Tell tell_;                        // not changed once the thread runs
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Watched> watched_;
  bool ending_ = false;
  std::thread thread_;
};

// Registers a mark with a watch, if there is one, for its own lifetime.
class WatchedMark {
 public:
  WatchedMark(CallMark& mark, std::shared_ptr<CallWatch> watch, const CallWatch::Tell& tell);
  ~WatchedMark();

  WatchedMark(const WatchedMark&) = delete;
  WatchedMark& operator=(const WatchedMark&) = delete;

 private:
  CallMark& mark_;
  std::shared_ptr<CallWatch> watch_;  // shared by all threads of a server
};

}  // namespace hpserver
