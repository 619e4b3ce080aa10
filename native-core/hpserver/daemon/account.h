#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "hpserver/base/result.h"

namespace hpserver {

// The user and groups that a process runs as: the kernel checks them when it opens a file or sends
// a signal.
struct Account {
  uid_t user = 0;
  gid_t group = 0;
  // All of its groups, including `group`.
  std::vector<gid_t> groups;
};

// Looks up a user, by name or number, with all of its groups; an empty `group` means the user's
// own, an empty `user` the current one. Reads /etc/passwd and /etc/group, or whatever nsswitch.conf
// says, so call it before changing the root. Blocks. Errors: ENOENT with the operation "getpwnam"
// or "getgrnam" (no such name), those of getpwnam_r(3).
[[nodiscard]] Result<Account> find_account(const std::string& user, const std::string& group);

// Whether this process may become `account`: it is root, or already that account.
[[nodiscard]] bool may_become(const Account& account) noexcept;

// Becomes `account` for good, unless it already is: sets the groups, then the group and the user
// (real, effective and saved), and keeps set-uid programs from regaining rights
// (PR_SET_NO_NEW_PRIVS). Then verifies it: a process that could still become root is an error.
// Affects every thread. Errors: EPERM; ENOTRECOVERABLE (root can be regained). See: setresuid(2),
// credentials(7), prctl(2).
Result<void> drop_privileges(const Account& account);

// Returns a warning for the start if the program has a set-uid or set-gid bit, which gives its
// rights to anyone who starts it; nothing if it has neither.
[[nodiscard]] std::optional<std::string> set_id_warning();

}  // namespace hpserver
