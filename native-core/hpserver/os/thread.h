#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <thread>

#include "hpserver/base/result.h"

namespace hpserver {

// Maximum length of a thread name in bytes, a limit of the kernel. See: pthread_setname_np(3).
inline constexpr std::size_t kMaxThreadName = 15;

// Starts a thread that runs `body`, which must not throw. All signals are blocked in it, since only
// the loop handles signals. `top -H` shows `name`, truncated to kMaxThreadName. The caller's own
// signal mask is always restored. Any thread.
// Errors: EAGAIN, at the limit of tasks (RLIMIT_NPROC, a cgroup's pids.max) or out of memory.
// See: pthread_create(3), pthread_setname_np(3).
Result<std::thread> start_thread(const std::string& name, std::function<void()> body);

}  // namespace hpserver
