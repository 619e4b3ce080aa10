#include "hpserver/os/standard_descriptors.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace hpserver {

Result<void> open_standard_descriptors() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // open returns the lowest free number, which is the missing one; children must inherit it.
    if (::open("/dev/null", O_RDWR) == -1) return last_error("open");  // NOLINT: not close-on-exec
  }
  return {};
}

}  // namespace hpserver
