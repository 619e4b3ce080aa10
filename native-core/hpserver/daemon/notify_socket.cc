#include "hpserver/daemon/notify_socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <utility>

#include "hpserver/base/whole_number.h"
#include "hpserver/os/environment.h"
#include "hpserver/os/syscall.h"

namespace hpserver {
Result<std::optional<NotifySocket>> NotifySocket::open() {
  const std::string name = environment_variable("NOTIFY_SOCKET").value_or("");
  if (name.empty()) return std::optional<NotifySocket>();
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (name.front() != '/' && name.front() != '@') return Error{EINVAL, "NOTIFY_SOCKET"};
  if (name.size() >= sizeof address.sun_path) return Error{ENAMETOOLONG, "NOTIFY_SOCKET"};
  name.copy(address.sun_path, name.size());
  // An abstract name starts with a zero byte and ends by its length: unix(7).
  if (name.front() == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (!fd) return last_error("socket");
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), length) == -1) {
    return last_error("connect");
  }
  return std::optional<NotifySocket>(NotifySocket(std::move(fd)));
}

Result<void> NotifySocket::send(std::string_view lines) const {
  const auto sent =
      retry_on_eintr([&] { return ::send(fd_.get(), lines.data(), lines.size(), MSG_NOSIGNAL); });
  if (sent == -1) return last_error("send");
  return {};
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  const auto waits = whole_number<std::int64_t>(environment_variable("WATCHDOG_USEC").value_or(""));
  if (!waits || *waits <= 0) return std::nullopt;
  const auto meant = environment_variable("WATCHDOG_PID");
  if (meant && whole_number<pid_t>(*meant) != ::getpid()) return std::nullopt;
  return std::chrono::microseconds{*waits / 2};
}

std::string reloading_message() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const auto microseconds = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
  return "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds);
}

}  // namespace hpserver
