#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "hpserver/base/result.h"

namespace hpserver {

// Whom a process works for: what the kernel asks for when it opens a file or sends a signal.
struct Account {
  uid_t user = 0;
  gid_t group = 0;
  // All groups that it belongs to, `group` among them.
  std::vector<gid_t> groups;
};

// Looks up a user, by name or number, with all of its groups; an empty `group` is the user's own,
// and an empty `user` keeps the present one. Reads /etc/passwd and /etc/group, or whatever
// nsswitch.conf says: call it before the root is changed. Blocks. Errors: ENOENT with the operation
// "getpwnam" or "getgrnam" (no such name), those of getpwnam_r(3).
[[nodiscard]] Result<Account> find_account(const std::string& user, const std::string& group);

// Whether this process may become that: as root, or as whoever it is already.
[[nodiscard]] bool may_become(const Account& account) noexcept;

// Becomes `account` for good, unless it is already: the groups, the group (real, effective and
// saved), the user likewise, and no set-uid program gives anything back (PR_SET_NO_NEW_PRIVS). Then
// proves it: a process that could still become root is an error. Every thread of the process.
// Errors: EPERM; ENOTRECOVERABLE (root can be regained). See: setresuid(2), credentials(7),
// prctl(2).
Result<void> drop_privileges(const Account& account);

// What should be warned of at the start: a set-uid or set-gid bit on the program gives its rights
// to whoever starts it. Nothing: there is no such bit.
[[nodiscard]] std::optional<std::string> set_id_warning();

}  // namespace hpserver
