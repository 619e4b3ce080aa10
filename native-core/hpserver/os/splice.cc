#include "hpserver/os/splice.h"

#include <fcntl.h>
#include <sys/types.h>

#include "hpserver/os/syscall.h"

namespace hpserver {

Result<std::size_t> move_bytes(int from_fd, int to_fd, std::size_t limit_bytes) {
  const ssize_t moved = retry_on_eintr([&] {
    return ::splice(from_fd, nullptr, to_fd, nullptr, limit_bytes,
                    SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
  });
  if (moved == -1) return last_error("splice");
  return static_cast<std::size_t>(moved);
}

Result<std::size_t> share_bytes(int from_pipe_fd, int to_pipe_fd, std::size_t limit_bytes) {
  const ssize_t shared = retry_on_eintr(
      [&] { return ::tee(from_pipe_fd, to_pipe_fd, limit_bytes, SPLICE_F_NONBLOCK); });
  if (shared == -1) return last_error("tee");
  return static_cast<std::size_t>(shared);
}

}  // namespace hpserver
