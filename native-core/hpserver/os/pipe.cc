#include "hpserver/os/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>

namespace hpserver {

Result<Pipe> create_pipe(const PipeOptions& options) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | (options.nonblocking ? O_NONBLOCK : 0)) == -1) {
    return last_error("pipe2");
  }
  Pipe pipe{Fd{ends[0]}, Fd{ends[1]}};
  if (options.capacity_bytes != 0) {
    const auto capacity = set_pipe_capacity(pipe.write_end.get(), options.capacity_bytes);
    if (!capacity) return capacity.error();
  }
  return pipe;
}

Result<std::size_t> pipe_capacity(int fd) {
  const int capacity = ::fcntl(fd, F_GETPIPE_SZ);
  if (capacity == -1) return last_error("fcntl");
  return static_cast<std::size_t>(capacity);
}

Result<std::size_t> set_pipe_capacity(int fd, std::size_t capacity_bytes) {
  const auto wanted = static_cast<int>(std::min<std::size_t>(capacity_bytes, INT_MAX));
  const int capacity = ::fcntl(fd, F_SETPIPE_SZ, wanted);
  if (capacity == -1) return last_error("fcntl");
  return static_cast<std::size_t>(capacity);
}

}  // namespace hpserver
