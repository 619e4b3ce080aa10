#pragma once

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Sends a descriptor to another process over a UNIX stream socket, with one byte to carry it. The
// receiver gets a duplicate; the caller keeps `fd`. Errors: EAGAIN, EPIPE, ETOOMANYREFS. See:
// unix(7), SCM_RIGHTS.
Result<void> send_fd(int socket_fd, int fd);

// Receives one descriptor, with close-on-exec set. An invalid Fd means that the sender has closed
// its socket. Errors: EAGAIN, EBADMSG (a byte without a descriptor: none was sent, or EMFILE
// dropped it).
Result<Fd> receive_fd(int socket_fd);

}  // namespace hpserver
