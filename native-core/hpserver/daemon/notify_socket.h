#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Tells a service manager that the program serves, what it is doing, and that it is alive. Each
// message is one datagram to the socket named by $NOTIFY_SOCKET. Never blocks: a manager that
// doesn't read loses messages. See: sd_notify(3).
class NotifySocket {
 public:
  // Opens the socket named in the environment; nothing if there is no manager. Open it before
  // changing the root. Main thread. Errors: EINVAL (neither a path nor an abstract name),
  // ENAMETOOLONG, EMFILE, those of connect(2).
  static Result<std::optional<NotifySocket>> open();

  // Sends "READY=1", "STOPPING=1", "STATUS=…": lines of NAME=value. Any thread. Errors: EAGAIN (the
  // manager doesn't read), ECONNREFUSED (it isn't running).
  Result<void> send(std::string_view lines) const;

 private:
  explicit NotifySocket(Fd fd) : fd_(std::move(fd)) {}

  Fd fd_;
};

// Says that the program is alive.
inline constexpr std::string_view kWatchdogMessage = "WATCHDOG=1";

// How often to send kWatchdogMessage (half of the manager's timeout); nothing if the manager
// doesn't expect it, or expects it from another process. Main thread. See: sd_watchdog_enabled(3).
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

// "RELOADING=1" with the matching time of CLOCK_MONOTONIC.
[[nodiscard]] std::string reloading_message();

}  // namespace hpserver
