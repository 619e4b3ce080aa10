#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>

#include "hpserver/base/result.h"

namespace hpserver {

// The result of a SIGHUP, for the command that sent it.
struct ReloadReport {
  // 0: every setting is in force; 2: one can't be used, so nothing has changed; 4: some of the
  // changed settings need a restart.
  int exit_code = 0;
  // Lines for a person; truncated to what a datagram holds.
  std::string text;
};

// In the server, after each reload: reports to the waiting command, if there is one. Never blocks.
void report_reload(const ReloadReport& report);

// For a command: sends SIGHUP to `server` and waits for its report. Blocks, for at most `timeout`.
// Errors: ESRCH (there is no such process, or it has just ended), EPERM (another user's),
// EADDRINUSE (another command waits for it), ETIMEDOUT (no report: the server may not support
// reloading, or be in another network namespace).
[[nodiscard]] Result<ReloadReport> request_reload(pid_t server, std::chrono::milliseconds timeout);

// Explains why there is no report, and what to do next.
[[nodiscard]] std::string explain_reload_error(const Error& error, pid_t server);

}  // namespace hpserver
