#include "hpserver/daemon/reload_report.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/base/whole_number.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/syscall.h"
#include "hpserver/socket/address.h"

namespace hpserver {
namespace {

// Fits into any socket's buffer.
constexpr std::size_t kMaxDatagram = 32 * 1024;

// Where a command waits for the report of `server`: an abstract name, which works under any root
// directory.
Result<Address> meeting_place(pid_t server) {
  return Address::unix_abstract("hpserver-reload-" + std::to_string(server));
}

Result<Fd> open_datagram_socket() {
  Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (!fd) return last_error("socket");
  return fd;
}

Result<Fd> open_meeting_place(pid_t server) {
  const auto place = meeting_place(server);
  if (!place) return place.error();
  auto fd = open_datagram_socket();
  if (!fd) return fd;
  constexpr int kOn = 1;
  if (::setsockopt(fd->get(), SOL_SOCKET, SO_PASSCRED, &kOn, sizeof kOn) == -1) {
    return last_error("setsockopt");
  }
  if (::bind(fd->get(), place->data(), place->size()) == -1) return last_error("bind");
  return fd;
}

// Refers to a process even after its number is reused. See: pidfd_open(2).
Result<Fd> open_process(pid_t pid) {
  const long fd = ::syscall(SYS_pidfd_open, pid, 0);
  if (fd == -1) return last_error("pidfd_open");
  return Fd{static_cast<int>(fd)};
}

// Returns the next datagram if `server` sent it, as confirmed by the kernel; nothing if someone
// else did, or if there is none. See: unix(7), SCM_CREDENTIALS.
std::optional<std::string> take_from(pid_t server, const Fd& socket) {
  std::string text(kMaxDatagram, '\0');
  iovec part{.iov_base = text.data(), .iov_len = text.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const auto got = retry_on_eintr([&] { return ::recvmsg(socket.get(), &message, 0); });
  const cmsghdr* const header = got == -1 ? nullptr : CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_CREDENTIALS) return std::nullopt;
  ucred sender{};
  std::memcpy(&sender, CMSG_DATA(header), sizeof sender);
  if (sender.pid != server) return std::nullopt;
  text.resize(static_cast<std::size_t>(got));
  return text;
}

// "4 lines": the exit code and the text.
std::optional<ReloadReport> report_of(std::string_view datagram) {
  const auto space = datagram.find(' ');
  const auto exit_code = whole_number<int>(datagram.substr(0, space));
  if (!exit_code || space == std::string_view::npos) return std::nullopt;
  return ReloadReport{.exit_code = *exit_code, .text = std::string{datagram.substr(space + 1)}};
}

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

}  // namespace

void report_reload(const ReloadReport& report) {
  const auto place = meeting_place(::getpid());
  const auto socket = open_datagram_socket();
  if (!place || !socket) return;
  const std::string datagram =
      (std::to_string(report.exit_code) + " " + report.text).substr(0, kMaxDatagram);
  // A command may not be waiting; if this fails, the command can ask again.
  retry_on_eintr([&] {
    return ::sendto(socket->get(), datagram.data(), datagram.size(), MSG_NOSIGNAL, place->data(),
                    place->size());
  });
}

Result<ReloadReport> request_reload(pid_t server, std::chrono::milliseconds timeout) {
  const auto process = open_process(server);
  if (!process) return process.error();
  const auto socket = open_meeting_place(server);
  if (!socket) return socket.error();
  if (::syscall(SYS_pidfd_send_signal, process->get(), SIGHUP, nullptr, 0) == -1) {
    return last_error("pidfd_send_signal");
  }
  const auto deadline = Clock::now() + timeout;
  while (Clock::now() < deadline) {
    std::array<pollfd, 2> waits{pollfd{.fd = socket->get(), .events = POLLIN, .revents = 0},
                                pollfd{.fd = process->get(), .events = POLLIN, .revents = 0}};
    const int ready = ::poll(waits.data(), waits.size(), milliseconds_until(deadline));
    if (ready == -1 && errno != EINTR) return last_error("poll");
    if (ready <= 0) continue;
    if (waits[0].revents != 0) {
      const auto datagram = take_from(server, *socket);
      const auto report = datagram ? report_of(*datagram) : std::nullopt;
      if (report) return *report;
    } else if (waits[1].revents != 0) {
      return Error{ESRCH, "poll"};
    }
  }
  return Error{ETIMEDOUT, "poll"};
}

std::string explain_reload_error(const Error& error, pid_t server) {
  const std::string process = "process " + std::to_string(server);
  switch (error.code) {
    case ESRCH:
      return process + " is not running, or stopped during the reload: see its log";
    case EPERM:
      return process + " belongs to another user: run this as that user, or as root";
    case EADDRINUSE:
      return "another reload of " + process + " is in progress: try again";
    case ETIMEDOUT:
      return process + " has not reported the outcome: see its log";
    default:
      return "cannot ask " + process + " to reload: " + error.message();
  }
}

}  // namespace hpserver
