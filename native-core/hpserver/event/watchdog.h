#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hpserver/event/event_loop.h"
#include "hpserver/event/heartbeat.h"
#include "hpserver/event/timer.h"

namespace hpserver {

// Watches whether every loop of a server moves, in its threads and its processes. While all of them
// move, it tells the service manager, which otherwise restarts the server. One per server.
class Watchdog {
 public:
  // How many times per limit a loop reports and the watchdog looks.
  static constexpr int kLooksPerLimit = 4;

  // A loop that hasn't moved for `limit` is stuck.
  explicit Watchdog(std::chrono::milliseconds limit);

  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Makes the server's main loop look every `period`, and call `feed`, which must not block, while
  // all loops move. Call it before `run`; otherwise the program must look itself.
  void feed_by(std::function<void()> feed) { feed_ = std::move(feed); }

  // Any thread. From now on until `forget`, the loop of this pulse must move while it runs.
  void look_after(Pulse& pulse, std::string name);
  void forget(const Pulse& pulse);

  struct Look {
    bool all_move = true;
    // Lines for the log: one for each loop that got stuck since the last look.
    std::vector<std::string> lines = {};
  };
  // Any thread.
  [[nodiscard]] Look look();
  // Calls the function given to `feed_by`.
  void feed() const { feed_(); }
  [[nodiscard]] bool feeds() const noexcept { return feed_ != nullptr; }
  [[nodiscard]] std::chrono::milliseconds period() const noexcept { return period_; }

 private:
  struct Watched {
    Pulse* pulse;
    std::string name;
    bool is_told = false;
  };

  const std::chrono::milliseconds limit_;
  const std::chrono::milliseconds period_;
  std::function<void()> feed_;
  std::mutex mutex_;
  std::vector<Watched> watched_;
};

// Registers a loop with a watchdog for its own lifetime: created before the loop runs or on its
// thread, destroyed after the loop has ended or on its thread. Does nothing without a watchdog.
class WatchedLoop {
 public:
  enum class Role : std::uint8_t { worker, main };

  // The loop must outlive it. `name` is for the log.
  WatchedLoop(EventLoop& loop, std::shared_ptr<Watchdog> watchdog, std::string name, Role role);
  ~WatchedLoop();

  WatchedLoop(const WatchedLoop&) = delete;
  WatchedLoop& operator=(const WatchedLoop&) = delete;

 private:
  void look();

  EventLoop& loop_;
  std::shared_ptr<Watchdog> watchdog_;
  Pulse pulse_;
  std::unique_ptr<Heartbeat> heartbeat_;
  Timer look_timer_;
};

}  // namespace hpserver
