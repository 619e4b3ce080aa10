#pragma once

#include <string>

#include "hpserver/base/result.h"

namespace hpserver {

// Makes `path` the process's "/" and its working directory, so nothing outside can be named any
// more. First reads what the C library may need later (the time zone, the resolver's files).
// Affects every thread. Keep no directory outside of it open, since such a descriptor is a way out.
// Being root is another way out, so drop privileges next. Errors: EPERM (CAP_SYS_CHROOT is
// missing), ENOENT, ENOTDIR, EACCES. See: chroot(2), path_resolution(7).
Result<void> change_root(const std::string& path);

// Whether this process may change its root. See: capabilities(7), CAP_SYS_CHROOT.
[[nodiscard]] bool may_change_root() noexcept;

}  // namespace hpserver
