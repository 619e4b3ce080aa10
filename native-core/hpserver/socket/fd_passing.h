#pragma once

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// Sends a descriptor to another process over a UNIX stream socket, with one byte of its own to
// carry it. The receiver gets a duplicate; `fd` stays the caller's. Errors: EAGAIN, EPIPE,
// ETOOMANYREFS. See: unix(7), SCM_RIGHTS.
Result<void> send_fd(int socket_fd, int fd);

// Receives one descriptor, close-on-exec from birth. An invalid Fd means that the sender has
// closed. Errors: EAGAIN, EBADMSG (a byte without a descriptor: none came, or EMFILE took it).
Result<Fd> receive_fd(int socket_fd);

}  // namespace hpserver
