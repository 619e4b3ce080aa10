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

// What one thread calls at present that isn't the core's own. Written by that thread, a few
// nanoseconds per call; read by a CallWatch.
class CallMark {
 public:
  // A call under way: from construction to destruction. `name` outlives it. Calls may nest.
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
  std::atomic<std::uint64_t> count_{0};  // tells one call from the next
};

// Names in the log what keeps a thread longer than it may, once per call: a handler that blocks or
// never returns. A thread of its own looks, since the one that is kept can't; it is started for the
// first mark, which must not join before a fork, and looks four times per limit.
class CallWatch {
 public:
  using Tell = std::function<void(const std::string&)>;
  using Limit = std::function<std::chrono::milliseconds()>;

  // Zero: nothing is watched.
  explicit CallWatch(std::chrono::milliseconds limit) : limit_(limit) {}
  // One that may change: asked at least once a second, on the watch's thread.
  explicit CallWatch(Limit limit) : limit_(limit()), changing_(std::move(limit)) {}
  // Every mark has left.
  ~CallWatch();

  CallWatch(const CallWatch&) = delete;
  CallWatch& operator=(const CallWatch&) = delete;

  // Any thread. The first who joins says who hears of it, on the watch's thread; null: nobody.
  // Where no thread can be started, nothing is watched. The mark outlives `leave`.
  void join(const CallMark& mark, const Tell& tell);
  // Any thread: when it returns, the mark and the names of its calls are not read any more.
  void leave(const CallMark& mark);

 private:
  using Clock = std::chrono::steady_clock;

  struct Watched {
    const CallMark* mark;
    std::uint64_t count = 0;
    Clock::time_point since;  // when this call was seen first
    bool told = false;
  };

  [[nodiscard]] std::chrono::milliseconds until_next_look() const;
  void run();
  void look(Watched& watched, Clock::time_point now, std::vector<std::string>& lines) const;

  std::chrono::milliseconds limit_;  // changed by its own thread only, once that runs
  const Limit changing_;             // empty: it stays as it is
  Tell tell_;                        // not changed once the thread runs
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Watched> watched_;
  bool ending_ = false;
  std::thread thread_;
};

// A mark that a watch knows as long as this lives; without a watch, nobody does.
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
