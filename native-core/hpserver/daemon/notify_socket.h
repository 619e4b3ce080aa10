#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// What a program tells its service manager: that it serves, what it is doing, that it lives. Each
// message is one datagram to the socket that $NOTIFY_SOCKET names. Never blocks: a manager that
// doesn't read loses messages. See: sd_notify(3).
class NotifySocket {
 public:
  // That of the environment; nothing where no manager listens. Open it before the root is changed.
  // Main thread. Errors: EINVAL (neither a path nor an abstract name), ENAMETOOLONG, EMFILE, those
  // of connect(2).
  static Result<std::optional<NotifySocket>> open();

  // "READY=1", "STOPPING=1", "STATUS=…": lines of NAME=value. Any thread. Errors: EAGAIN (the
  // manager doesn't read), ECONNREFUSED (it has gone).
  Result<void> send(std::string_view lines) const;

 private:
  explicit NotifySocket(Fd fd) : fd_(std::move(fd)) {}

  Fd fd_;
};

// Says that the program lives.
inline constexpr std::string_view kWatchdogMessage = "WATCHDOG=1";

// How often the manager wants to hear kWatchdogMessage (half of what it waits for); nothing: it
// doesn't, or means another process. Main thread. See: sd_watchdog_enabled(3).
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

// "RELOADING=1" with the time of CLOCK_MONOTONIC that goes with it.
[[nodiscard]] std::string reloading_message();

}  // namespace hpserver
