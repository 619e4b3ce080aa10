#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/event/waker.h"

namespace hpserver {

// Receives a server's signals on a thread of its own, since a handler that doesn't return may block
// any other. If the server hasn't stopped some time after it was told to, ends the process: by then
// the loops have cut off what they could. Not for a process that forks servers.
class DrainGuard {
 public:
  // How much time the server gets beyond the drain timeout, and after a second signal: loops that
  // sleep in a call look up every half second.
  static constexpr std::chrono::milliseconds kGrace{1'000};

  struct Options {
    std::chrono::milliseconds drain_timeout{10'000};
    // Any thread: how many connections are open.
    std::function<std::size_t()> open_count;
    // Any thread: writes the last line of the log, before it returns.
    std::function<void(const std::string&)> on_notice = {};
  };

  // Starts the thread, which calls `on_signal` for every signal from `source`. A signal for which
  // `is_end` is true starts the drain's deadline.
  // Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor); those of start_thread.
  static Result<std::unique_ptr<DrainGuard>> create(SignalSource source, Options options,
                                                    std::function<void(const Signal&)> on_signal);
  // Call this when the server has stopped by itself.
  ~DrainGuard();

  DrainGuard(const DrainGuard&) = delete;
  DrainGuard& operator=(const DrainGuard&) = delete;

 private:
  DrainGuard(SignalSource source, Waker over, Options options,
             std::function<void(const Signal&)> on_signal);
  void run();
  void hear(const Signal& signal);
  [[nodiscard]] int timeout_ms() const;
  [[noreturn]] void cut_off() const;

  SignalSource source_;
  Waker over_;
  Options options_;
  std::function<void(const Signal&)> on_signal_;
  std::optional<Deadline> end_;  // once the server was told to stop
  bool at_once_ = false;
  std::thread thread_;
};

// Whether the signal tells a server to stop.
[[nodiscard]] bool is_end(int signal_number) noexcept;

// For a server whose connections are counted in `budget`, which must outlive the guard.
[[nodiscard]] DrainGuard::Options guard_of(const ServerOptions& options,
                                           const ConnectionBudget& budget);

}  // namespace hpserver
