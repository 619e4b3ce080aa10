#include "hpserver/daemon/account.h"

#include <grp.h>
#include <pwd.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "hpserver/base/whole_number.h"

namespace hpserver {
namespace {

// Limit for an entry with many members; larger ones are refused (ERANGE).
constexpr std::size_t kMaxEntryBytes = std::size_t{1} << 20;

// Calls `look_up(entry, buffer, size, found)` with a buffer that is big enough.
template <typename Entry, typename LookUp>
Result<void> look_up_in(std::vector<char>& buffer, Entry& entry, const char* operation,
                        LookUp look_up) {
  for (buffer.resize(1024); buffer.size() <= kMaxEntryBytes; buffer.resize(buffer.size() * 2)) {
    Entry* found = nullptr;
    const int code = look_up(&entry, buffer.data(), buffer.size(), &found);
    if (code == ERANGE || code == EINTR) continue;
    if (found != nullptr) return {};
    // Systems report "not found" by several codes: getpwnam_r(3), NOTES.
    const bool missing = code == 0 || code == ESRCH || code == EBADF || code == EPERM;
    return Error{missing ? ENOENT : code, operation};
  }
  return Error{ERANGE, operation};
}

Result<gid_t> find_group(const std::string& name) {
  group entry{};
  std::vector<char> buffer;
  const auto found = look_up_in(buffer, entry, "getgrnam",
                                [&](auto... rest) { return ::getgrnam_r(name.c_str(), rest...); });
  if (found) return entry.gr_gid;
  const auto number = whole_number<unsigned>(name);
  if (number) return gid_t{*number};
  return found.error();
}

Result<std::vector<gid_t>> groups_of(const char* user, gid_t group) {
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  // If the groups don't fit, the call sets `count` to their number.
  while (::getgrouplist(user, group, groups.data(), &count) == -1) {
    if (static_cast<std::size_t>(count) <= groups.size()) return Error{ENOMEM, "getgrouplist"};
    groups.resize(static_cast<std::size_t>(count));
  }
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

struct User {
  uid_t id = 0;
  gid_t group = 0;
  std::string name;  // empty: a number without a name
};

Result<User> find_user(const std::string& user) {
  passwd entry{};
  std::vector<char> buffer;
  const auto by_name = look_up_in(
      buffer, entry, "getpwnam", [&](auto... rest) { return ::getpwnam_r(user.c_str(), rest...); });
  if (by_name) return User{entry.pw_uid, entry.pw_gid, entry.pw_name};
  const auto number = whole_number<unsigned>(user);
  if (!number) return by_name.error();
  const auto by_id = look_up_in(buffer, entry, "getpwuid", [&](auto... rest) {
    return ::getpwuid_r(uid_t{*number}, rest...);
  });
  if (by_id) return User{entry.pw_uid, entry.pw_gid, entry.pw_name};
  if (by_id.error().code != ENOENT) return by_id.error();
  // As in chown(1), a number needs no name; its group is the number too.
  return User{*number, *number, {}};
}

// True if this process already runs as `account`, as a successor does.
bool is_present(const Account& account) noexcept {
  return ::getuid() == account.user && ::geteuid() == account.user && ::getgid() == account.group &&
         ::getegid() == account.group;
}

}  // namespace

Result<Account> find_account(const std::string& user, const std::string& group) {
  const auto found =
      user.empty() ? Result<User>(User{::geteuid(), ::getegid(), {}}) : find_user(user);
  if (!found) return found.error();
  Account account{.user = found->id, .group = found->group, .groups = {}};
  if (!group.empty()) {
    const auto id = find_group(group);
    if (!id) return id.error();
    account.group = *id;
  }
  account.groups = {account.group};
  if (found->name.empty()) return account;
  auto groups = groups_of(found->name.c_str(), account.group);
  if (!groups) return groups.error();
  account.groups = std::move(*groups);
  return account;
}

bool may_become(const Account& account) noexcept {
  // CAP_SETUID is possible without root, but no one sets up a server like that.
  return ::geteuid() == 0 || is_present(account);
}

Result<void> drop_privileges(const Account& account) {
  const auto [user, group, groups] = account;
  if (::geteuid() == 0 || !is_present(account)) {
    // Groups first: without root they can't be changed any more. glibc's calls affect every thread.
    if (::setgroups(groups.size(), groups.data()) == -1) return last_error("setgroups");
    if (::setresgid(group, group, group) == -1) return last_error("setresgid");
    if (::setresuid(user, user, user) == -1) return last_error("setresuid");
  }
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1) return last_error("prctl");
  if (user == 0) return {};
  if (::setuid(0) == 0 || ::seteuid(0) == 0) return Error{ENOTRECOVERABLE, "setuid"};
  if (::getuid() != user || ::geteuid() != user || ::getgid() != group || ::getegid() != group) {
    return Error{ENOTRECOVERABLE, "setresuid"};
  }
  return {};
}

std::optional<std::string> set_id_warning() {
  // The kernel's own answer, whatever calls were made since: see getauxval(3), AT_SECURE.
  if (::getauxval(AT_SECURE) == 0 && ::getuid() == ::geteuid() && ::getgid() == ::getegid()) {
    return std::nullopt;
  }
  return "the program has a set-uid or set-gid bit, or capabilities, so anyone who starts it gets "
         "its privileges: remove them (chmod ug-s, setcap -r), and start it as a privileged user";
}

}  // namespace hpserver
