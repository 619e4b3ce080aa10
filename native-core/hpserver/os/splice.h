#pragma once

#include <cstddef>

#include "hpserver/base/result.h"

namespace hpserver {

// Moves or shares bytes inside the kernel, without copying them to user space. Nothing here blocks,
// even on a blocking descriptor (SPLICE_F_NONBLOCK covers the pipe's side; sockets must be
// non-blocking themselves).

// Moves up to `limit_bytes` from one descriptor to another, one of which must be a pipe. Returns
// how many; 0 at the end of the source. Errors: EAGAIN (the source is empty or the sink is full;
// the call doesn't say which), EINVAL (neither is a pipe; a file in append mode), EPIPE (and
// SIGPIPE: ignore it), ECONNRESET. See: splice(2).
Result<std::size_t> move_bytes(int from_fd, int to_fd, std::size_t limit_bytes);

// Shares up to `limit_bytes` of one pipe's contents with another pipe without consuming them: both
// pipes refer to the same pages. Always begins at the first unread byte. Returns how many; 0 if the
// pipe is empty and has no writer left. Errors: EAGAIN, EINVAL (not two different pipes). See:
// tee(2).
Result<std::size_t> share_bytes(int from_pipe_fd, int to_pipe_fd, std::size_t limit_bytes);

}  // namespace hpserver
