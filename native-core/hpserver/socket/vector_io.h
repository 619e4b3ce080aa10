#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

// Scatter and gather: several buffers in one call. A call takes at most IOV_MAX (1024) buffers; the
// others wait for the next call. Transferred bytes are removed from the front of `vectors`, even in
// the middle of a buffer, so repeating the call continues where it stopped. Each function blocks
// only if the descriptor does, and returns the number of bytes transferred.

// Removes `bytes` from the front: drops whole buffers and shortens the first one left.
void advance(std::span<iovec>& vectors, std::size_t bytes) noexcept;

// For any descriptor. 0 is the end of the stream. Errors: EAGAIN, ECONNRESET. See: readv(2).
Result<std::size_t> read_vectors(int fd, std::span<iovec>& vectors);

// For any descriptor; a socket whose peer has disconnected raises SIGPIPE, see ignore_sigpipe.
// Errors: EAGAIN, EPIPE, ECONNRESET. See: writev(2).
Result<std::size_t> write_vectors(int fd, std::span<iovec>& vectors);

// For sockets, with flags. Errors: EAGAIN, EPIPE, ECONNRESET. See: sendmsg(2).
Result<std::size_t> send_vectors(int fd, std::span<iovec>& vectors, SendFlags flags = {});

}  // namespace hpserver
