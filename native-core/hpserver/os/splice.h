#pragma once

#include <cstddef>

#include "hpserver/base/result.h"

namespace hpserver {

// Bytes that move, or are shared, inside of the kernel and are never seen by us. None blocks, even
// if a descriptor does (SPLICE_F_NONBLOCK, which covers the pipe's side; sockets must be
// non-blocking themselves).

// Moves up to `limit_bytes` from one descriptor to another, of which one must be a pipe. Returns
// how many; 0 is the end of the source. Errors: EAGAIN (the source is empty or the sink is full:
// which one, the call doesn't say), EINVAL (neither is a pipe; a file in append mode), EPIPE (and
// SIGPIPE: ignore it), ECONNRESET. See: splice(2).
Result<std::size_t> move_bytes(int from_fd, int to_fd, std::size_t limit_bytes);

// Shares up to `limit_bytes` of what is in one pipe with another, without taking it: both pipes
// refer to the same pages. Always begins at the first byte that is unread. Returns how many; 0 if
// there is nothing and no writer is left. Errors: EAGAIN, EINVAL (not two different pipes). See:
// tee(2).
Result<std::size_t> share_bytes(int from_pipe_fd, int to_pipe_fd, std::size_t limit_bytes);

}  // namespace hpserver
