#pragma once

#include <sys/types.h>

#include <cstddef>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Flags of an open descriptor. Each setter reads, changes its one bit and writes back, so the other
// flags survive. None blocks, any thread may call them. Errors: EBADF. See: fcntl(2).

// Sets or clears O_NONBLOCK, which belongs to the open file: every duplicate sees it.
Result<void> set_nonblocking(int fd, bool on);
[[nodiscard]] Result<bool> is_nonblocking(int fd);

// Sets or clears FD_CLOEXEC, which belongs to this one descriptor.
Result<void> set_close_on_exec(int fd, bool on);
[[nodiscard]] Result<bool> is_close_on_exec(int fd);

// Has the kernel send a signal when `fd` becomes ready (O_ASYNC). Set owner and signal before.
// What is queued already sends none: read once after arming.
Result<void> set_signal_driven(int fd, bool on);

// Directs the signals of `fd`, SIGIO or SIGURG, to one thread (F_SETOWN_EX). Errors: ESRCH.
Result<void> set_signal_owner(int fd, pid_t thread_id);

// To whom they go: a thread's id, 0 while nobody was chosen (F_GETOWN_EX). It belongs to the open
// file: every duplicate has the same.
[[nodiscard]] Result<pid_t> signal_owner(int fd);

// Chooses the signal that replaces SIGIO (F_SETSIG). A real-time signal is queued and carries the
// descriptor; when the queue overflows, a plain SIGIO comes instead. Errors: EINVAL.
Result<void> set_io_signal(int fd, int signal_number);

// A second descriptor of the same open file, not below `lowest` and with FD_CLOEXEC set
// (F_DUPFD_CLOEXEC). Errors: EMFILE, EINVAL.
Result<Fd> duplicate(int fd, int lowest = 0);

// How many bytes could be read at once without blocking (FIONREAD). Errors: ENOTTY.
[[nodiscard]] Result<std::size_t> readable_bytes(int fd);

}  // namespace hpserver
