#include "hpserver/os/fd.h"

#include <unistd.h>

#include <cerrno>

namespace hpserver {

void Fd::reset(int fd) noexcept {
  if (fd_ >= 0) {
    const int saved = errno;  // A destructor must not overwrite the errno being reported.
    ::close(fd_);
    errno = saved;
  }
  fd_ = fd;
}

}  // namespace hpserver
