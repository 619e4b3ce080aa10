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

// Whether every loop of a server moves, those of its threads and of its processes: as long as they
// do, a service manager is told so, which else starts the server anew. One per server.
class Watchdog {
 public:
  // How often a loop says that it moves, and how often that is looked at, within the limit.
  static constexpr int kLooksPerLimit = 4;

  // A loop that hasn't moved for `limit` is stuck.
  explicit Watchdog(std::chrono::milliseconds limit);

  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Has the server's main loop look, every `period`, and call `feed`, which never blocks, while all
  // move. Before `run`; without it the program looks by itself.
  void feed_by(std::function<void()> feed) { feed_ = std::move(feed); }

  // Any thread. From now on until `forget` the loop of this pulse is to move while it runs.
  void look_after(Pulse& pulse, std::string name);
  void forget(const Pulse& pulse);

  struct Look {
    bool all_move = true;
    // What the log should say: a line for each loop that is stuck since the last look.
    std::vector<std::string> lines = {};
  };
  // Any thread.
  [[nodiscard]] Look look();
  // Calls whom `feed_by` was given.
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

// A loop that a watchdog looks after as long as this lives: from before the loop runs until it has
// ended, or within its thread. Without a watchdog, nothing.
class WatchedLoop {
 public:
  enum class Role : std::uint8_t { worker, main };

  // The loop outlives it. `name` is for the log.
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
