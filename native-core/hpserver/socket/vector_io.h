#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

// Scatter and gather: several buffers by one call. At most IOV_MAX (1024) of them go into a call;
// the rest waits for the next. What was transferred is taken off the front of `vectors`, also in
// the middle of a buffer, so that the same call again goes on where this one ended. Each blocks
// only if the descriptor does, and returns how many bytes were transferred.

// Takes `bytes` off the front: drops whole buffers, shortens the first that is left.
void advance(std::span<iovec>& vectors, std::size_t bytes) noexcept;

// Any descriptor. 0 is the end of the stream. Errors: EAGAIN, ECONNRESET. See: readv(2).
Result<std::size_t> read_vectors(int fd, std::span<iovec>& vectors);

// Any descriptor; a socket whose peer is gone raises SIGPIPE, see ignore_sigpipe.
// Errors: EAGAIN, EPIPE, ECONNRESET. See: writev(2).
Result<std::size_t> write_vectors(int fd, std::span<iovec>& vectors);

// A socket, with flags. Errors: EAGAIN, EPIPE, ECONNRESET. See: sendmsg(2).
Result<std::size_t> send_vectors(int fd, std::span<iovec>& vectors, SendFlags flags = {});

}  // namespace hpserver
