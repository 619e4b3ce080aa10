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

// Hears the signals of a server on a thread of its own, since any other may be held up by a handler
// that doesn't return. If the server hasn't ended some time after it was told to, it ends the
// process: what the loops could cut off is cut off by then. Not for a process that forks servers.
class DrainGuard {
 public:
  // What the server has beyond the drain's time-out, and after a second signal: loops that sleep in
  // a call look up every half second.
  static constexpr std::chrono::milliseconds kGrace{1'000};

  struct Options {
    std::chrono::milliseconds drain_timeout{10'000};
    // Any thread: how many connections are open.
    std::function<std::size_t()> open_count;
    // Any thread: the last line of the log; it must be on its way when this returns.
    std::function<void(const std::string&)> on_notice = {};
  };

  // Starts the thread, which calls `on_signal` for every signal of the source. One that `is_end`
  // begins the drain's deadline.
  // Errors: EMFILE, ENFILE, ENOMEM (the wake-up descriptor); those of start_thread.
  static Result<std::unique_ptr<DrainGuard>> create(SignalSource source, Options options,
                                                    std::function<void(const Signal&)> on_signal);
  // The server has ended by itself.
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
  std::optional<Deadline> end_;  // once the server was told to end
  bool at_once_ = false;
  std::thread thread_;
};

// Whether it asks a server to end.
[[nodiscard]] bool is_end(int signal_number) noexcept;

// For a server whose connections count in `budget`, which outlives the guard.
[[nodiscard]] DrainGuard::Options guard_of(const ServerOptions& options,
                                           const ConnectionBudget& budget);

}  // namespace hpserver
