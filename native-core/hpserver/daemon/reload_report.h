#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "hpserver/base/result.h"

namespace hpserver {

// What has come of SIGHUP, for whoever has asked for it.
struct ReloadReport {
  // 0: every setting is in force; 2: all stay as they were, since one can't be used; 4: some of
  // those that have changed need a restart.
  int exit_code = 0;
  // Lines for a person; the rest of a text that no datagram holds is left out.
  std::string text;
};

// In the server, after each reload: tells who waits for it, if anybody does. Never blocks.
void report_reload(const ReloadReport& report);

// For a command: sends SIGHUP to `server`, and waits until it reports. Blocks, for `timeout` at
// most. Errors: ESRCH (there is no such process, or it has ended meanwhile), EPERM (it is somebody
// else's), EADDRINUSE (another command waits for it), ETIMEDOUT (it doesn't say; it may have no
// reload, or be in another namespace of networks).
[[nodiscard]] Result<ReloadReport> request_reload(pid_t server, std::chrono::milliseconds timeout);

// Why there is no report, with what to do next.
[[nodiscard]] std::string explain_reload_error(const Error& error, pid_t server);

}  // namespace hpserver
