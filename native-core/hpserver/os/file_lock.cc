#include "hpserver/os/file_lock.h"

#include <fcntl.h>
#include <unistd.h>

namespace hpserver {

Result<void> try_lock_file(int fd) {
  struct flock lock{};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;  // From 0 with length 0: the whole file, however long it grows.
  if (::fcntl(fd, F_SETLK, &lock) == 0) return {};
  // POSIX allows either code; report only EAGAIN.
  if (errno == EACCES) errno = EAGAIN;
  return last_error("fcntl");
}

}  // namespace hpserver
