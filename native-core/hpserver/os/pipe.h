#pragma once

#include <cstddef>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Both ends of a pipe. See: pipe(7).
struct Pipe {
  Fd read_end;
  Fd write_end;
};

struct PipeOptions {
  bool nonblocking = true;
  // The pipe's capacity; 0 keeps the kernel's default (65536).
  std::size_t capacity_bytes = 0;
};

// Creates a pipe. Errors: EMFILE, ENFILE, and those of set_pipe_capacity. See: pipe2(2).
Result<Pipe> create_pipe(const PipeOptions& options = {});

// Returns the capacity of the pipe in bytes; `fd` is either end (F_GETPIPE_SZ). Errors: EBADF.
[[nodiscard]] Result<std::size_t> pipe_capacity(int fd);

// Requests a capacity and returns the actual one: the kernel rounds up to a power-of-two number of
// pages, so 100000 becomes 131072. Errors: EPERM (above fs.pipe-max-size, 1048576 by default),
// EBUSY (the pipe already holds more), ENOMEM. See: fcntl(2), F_SETPIPE_SZ.
Result<std::size_t> set_pipe_capacity(int fd, std::size_t capacity_bytes);

}  // namespace hpserver
