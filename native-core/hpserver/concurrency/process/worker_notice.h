#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "hpserver/base/error.h"
#include "hpserver/os/reap.h"

namespace hpserver {

// What to log about a worker process that ended without being told to, or couldn't be started.
struct WorkerNotice {
  std::size_t index = 0;
  // How it ended; nothing if there was no process.
  std::optional<ChildExit> exit;
  // Why it gave up, or why it couldn't be started.
  std::optional<Error> failure;
  // Zero: at once. Nothing: never, since the server is stopping.
  std::optional<std::chrono::milliseconds> restart_in;
};

// " (pid 41) was killed by signal 11 (Segmentation fault)". Allocates. The main thread.
[[nodiscard]] std::string describe(const ChildExit& exit);

// "worker 2 (pid 41) was killed by signal 11 (Segmentation fault); restarting in 400 ms".
// Allocates. The main thread.
[[nodiscard]] std::string describe(const WorkerNotice& notice);

}  // namespace hpserver
