#pragma once

#include "hpserver/base/result.h"

namespace hpserver {

// Locks a whole file, open for writing, for this process (F_SETLK); never waits. The lock is
// released when the process exits, or when it closes *any* descriptor of that file. It isn't
// inherited by fork, so lock after the last fork. Errors: EAGAIN (locked by another process),
// EBADF. See: fcntl(2), "Advisory record locking".
Result<void> try_lock_file(int fd);

}  // namespace hpserver
