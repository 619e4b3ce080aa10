#pragma once

#include <sys/types.h>

#include <cstddef>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Flags of an open descriptor. Each setter reads the flags, changes its one bit and writes them
// back, so the other flags survive. None of them blocks; any thread. Errors: EBADF. See: fcntl(2).

// Sets or clears O_NONBLOCK. The flag belongs to the open file, so every duplicate shares it.
Result<void> set_nonblocking(int fd, bool on);
[[nodiscard]] Result<bool> is_nonblocking(int fd);

// Sets or clears FD_CLOEXEC. The flag belongs to this one descriptor.
Result<void> set_close_on_exec(int fd, bool on);
[[nodiscard]] Result<bool> is_close_on_exec(int fd);

// Makes the kernel send a signal when `fd` becomes ready (O_ASYNC). Set the owner and the signal
// first. Input that is already queued sends no signal, so read once after arming.
Result<void> set_signal_driven(int fd, bool on);

// Directs the signals of `fd`, SIGIO or SIGURG, to one thread (F_SETOWN_EX). Errors: ESRCH.
Result<void> set_signal_owner(int fd, pid_t thread_id);

// Returns the id of the thread that receives these signals; 0 if none was chosen (F_GETOWN_EX). The
// owner belongs to the open file, so every duplicate has the same one.
[[nodiscard]] Result<pid_t> signal_owner(int fd);

// Chooses the signal that replaces SIGIO (F_SETSIG). A real-time signal is queued and carries the
// descriptor; if the queue overflows, the kernel sends a plain SIGIO instead. Errors: EINVAL.
Result<void> set_io_signal(int fd, int signal_number);

// Duplicates the descriptor, with FD_CLOEXEC set, to a number of at least `lowest`
// (F_DUPFD_CLOEXEC). Errors: EMFILE, EINVAL.
Result<Fd> duplicate(int fd, int lowest = 0);

// Returns how many bytes can be read now without blocking (FIONREAD). Errors: ENOTTY.
[[nodiscard]] Result<std::size_t> readable_bytes(int fd);

}  // namespace hpserver
