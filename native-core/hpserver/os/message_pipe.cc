#include "hpserver/os/message_pipe.h"

#include <unistd.h>

#include "hpserver/os/syscall.h"

namespace hpserver::detail {

Result<void> write_whole(int fd, const void* bytes, std::size_t size) {
  const auto written = retry_on_eintr([&] { return ::write(fd, bytes, size); });
  if (written == -1) return last_error("write");
  return {};
}

Result<std::size_t> read_some(int fd, void* bytes, std::size_t size) {
  const auto got = retry_on_eintr([&] { return ::read(fd, bytes, size); });
  if (got == -1) return last_error("read");
  return static_cast<std::size_t>(got);
}

}  // namespace hpserver::detail
