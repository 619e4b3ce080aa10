#pragma once

#include <string>

#include "hpserver/base/result.h"

namespace hpserver {

// Makes `path` this process's "/", and the working directory: what lies outside can't be named any
// more. What the C library reads while the program runs (the time zone, the resolver's files) is
// read before. Every thread of the process. Open no directory outside of it for later: such a
// descriptor is a way out, and so is root: drop it next. Errors: EPERM (CAP_SYS_CHROOT is missing),
// ENOENT, ENOTDIR, EACCES. See: chroot(2), path_resolution(7).
Result<void> change_root(const std::string& path);

// Whether this process may. See: capabilities(7), CAP_SYS_CHROOT.
[[nodiscard]] bool may_change_root() noexcept;

}  // namespace hpserver
