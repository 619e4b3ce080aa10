#include "hpserver/os/fd_flags.h"

#include <fcntl.h>
#include <sys/ioctl.h>

namespace hpserver {
namespace {

struct FlagWord {
  int get_command;
  int set_command;
};
constexpr FlagWord kStatusFlags{F_GETFL, F_SETFL};
constexpr FlagWord kDescriptorFlags{F_GETFD, F_SETFD};

Result<void> set_flag(int fd, FlagWord word, int flag, bool on) {
  const int before = ::fcntl(fd, word.get_command);
  if (before == -1) return last_error("fcntl");
  const int after = on ? before | flag : before & ~flag;
  if (after != before && ::fcntl(fd, word.set_command, after) == -1) return last_error("fcntl");
  return {};
}

Result<bool> has_flag(int fd, FlagWord word, int flag) {
  const int flags = ::fcntl(fd, word.get_command);
  if (flags == -1) return last_error("fcntl");
  return (flags & flag) != 0;
}

}  // namespace

Result<void> set_nonblocking(int fd, bool on) {
  return set_flag(fd, kStatusFlags, O_NONBLOCK, on);
}

Result<bool> is_nonblocking(int fd) {
  return has_flag(fd, kStatusFlags, O_NONBLOCK);
}

Result<void> set_close_on_exec(int fd, bool on) {
  return set_flag(fd, kDescriptorFlags, FD_CLOEXEC, on);
}

Result<bool> is_close_on_exec(int fd) {
  return has_flag(fd, kDescriptorFlags, FD_CLOEXEC);
}

Result<void> set_signal_driven(int fd, bool on) {
  return set_flag(fd, kStatusFlags, O_ASYNC, on);
}

Result<void> set_signal_owner(int fd, pid_t thread_id) {
  const f_owner_ex owner{.type = F_OWNER_TID, .pid = thread_id};
  if (::fcntl(fd, F_SETOWN_EX, &owner) == -1) return last_error("fcntl");
  return {};
}

Result<pid_t> signal_owner(int fd) {
  f_owner_ex owner{};
  if (::fcntl(fd, F_GETOWN_EX, &owner) == -1) return last_error("fcntl");
  return owner.pid;
}

Result<void> set_io_signal(int fd, int signal_number) {
  if (::fcntl(fd, F_SETSIG, signal_number) == -1) return last_error("fcntl");
  return {};
}

Result<Fd> duplicate(int fd, int lowest) {
  const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, lowest);
  if (copy == -1) return last_error("fcntl");
  return Fd{copy};
}

Result<std::size_t> readable_bytes(int fd) {
  int count = 0;
  if (::ioctl(fd, FIONREAD, &count) == -1) return last_error("ioctl");
  return static_cast<std::size_t>(count);
}

}  // namespace hpserver
