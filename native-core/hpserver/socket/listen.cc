#include "hpserver/socket/listen.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>

#include "hpserver/os/limits.h"
#include "hpserver/os/syscall.h"
#include "hpserver/socket/socket.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {
namespace {

Result<void> set_if(bool wanted, int fd, const auto& option) {
  if (!wanted) return {};
  return set_option(fd, option);
}

Result<void> prepare_tcp(int fd, const Address& address, const ListenOptions& options) {
  const bool ipv6 = address.family() == AF_INET6;
  // A restart must not wait for the last run's connections in TIME_WAIT.
  for (const auto& step : {
           set_option(fd, option::ReuseAddress{true}),
           set_if(options.reuse_port, fd, option::ReusePort{true}),
           set_if(ipv6, fd, option::Ipv6Only{options.ipv6_only}),
           set_if(options.no_delay, fd, option::NoDelay{true}),
           set_if(options.keep_alive, fd, option::KeepAlive{true}),
           set_if(options.defer_accept.count() > 0, fd, option::DeferAccept{options.defer_accept}),
           set_if(options.fast_open_queue > 0, fd, option::FastOpenQueue{options.fast_open_queue}),
       }) {
    if (!step) return step;
  }
  return {};
}

Result<void> prepare_buffers(int fd, const ListenOptions& options) {
  const int send_bytes = options.send_buffer_bytes;
  const int receive_bytes = options.receive_buffer_bytes;
  if (auto set = set_if(send_bytes > 0, fd, option::SendBuffer{send_bytes}); !set) return set;
  return set_if(receive_bytes > 0, fd, option::ReceiveBuffer{receive_bytes});
}

// True if `address` is the path of a socket that refuses connections. A full backlog (EAGAIN) or
// another socket type (EPROTOTYPE) means that it is in use.
bool is_stale_socket(const Address& address) {
  struct stat status{};
  const std::string path{address.unix_name()};
  if (::lstat(path.c_str(), &status) == -1 || !S_ISSOCK(status.st_mode)) return false;
  const auto probe = start_connect(address);
  return !probe && probe.error().code == ECONNREFUSED;
}

Result<void> bind_taking_over(int fd, const Address& address) {
  auto bound = bind_to(fd, address);
  if (bound || bound.error().code != EADDRINUSE) return bound;
  if (!address.is_unix() || address.is_abstract() || !is_stale_socket(address)) return bound;
  const std::string path{address.unix_name()};
  if (::unlink(path.c_str()) == -1) return last_error("unlink");
  return bind_to(fd, address);
}

const char* hint_for(const Error& error, const Address& address) {
  switch (error.code) {
    case EADDRINUSE:
      return address.is_unix()
                 ? "another process is listening there: stop it, or choose another path"
                 : "another process is listening there: stop it, or choose another port "
                   "(ss -ltnp shows which)";
    case EACCES:
      return address.is_unix()
                 ? "this user may not write to the directory: choose another path"
                 : "ports below 1024 need CAP_NET_BIND_SERVICE: use a port of 1024 or higher, or "
                   "start as root";
    case EADDRNOTAVAIL:
      return "no interface has this address: choose one that ip address shows";
    case EAFNOSUPPORT:
      return "this address family is disabled in the kernel: choose another address";
    case ENOENT:
      return "its directory does not exist: create it, or choose another path";
    default:
      return nullptr;
  }
}

// No process has this number: pid_max is 2^22 at most. See: proc(5).
constexpr pid_t kSupervisor = INT_MAX;

// The process that must remove the file of a UNIX socket. Its id is stored in the socket itself,
// where every process that has it open can read it: listening sockets have no other use for this
// option. See: socket(7), SO_PEEK_OFF.
pid_t file_owner(int listen_fd) {
  pid_t owner = -1;  // no owner set
  socklen_t size = sizeof owner;
  static_cast<void>(::getsockopt(listen_fd, SOL_SOCKET, SO_PEEK_OFF, &owner, &size));
  return owner;
}

bool is_ours(int listen_fd) {
  const pid_t owner = file_owner(listen_fd);
  return owner <= 0 || owner == ::getpid();
}

void set_file_owner(int listen_fd, pid_t owner) {
  static_cast<void>(::setsockopt(listen_fd, SOL_SOCKET, SO_PEEK_OFF, &owner, sizeof owner));
}

}  // namespace

Result<Fd> listen_on(const Address& address, const ListenOptions& options) {
  auto fd = stream_socket(address.family(), options.nonblocking ? Blocking::no : Blocking::yes);
  if (!fd) return fd;
  if (address.is_ip()) {
    if (auto set = prepare_tcp(fd->get(), address, options); !set) return set.error();
  }
  if (auto set = prepare_buffers(fd->get(), options); !set) return set.error();
  // The path gets the socket's own mode, so there is no moment at which others may connect.
  if (address.is_unix() && options.unix_mode != 0777 &&
      ::fchmod(fd->get(), options.unix_mode) == -1) {
    return last_error("fchmod");
  }
  if (auto bound = bind_taking_over(fd->get(), address); !bound) return bound.error();
  if (::listen(fd->get(), options.backlog) == -1) return last_error("listen");
  return fd;
}

Result<void> check_listening(int fd) {
  int listens = 0;
  socklen_t size = sizeof listens;
  if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0) {
    return last_error("getsockopt");
  }
  if (listens == 0) return Error{EINVAL, "accept"};
  return {};
}

std::string explain_listen_error(const Error& error, const Address& address) {
  std::string text = "cannot listen on " + address.to_string() + ": " + error.message();
  if (const char* hint = hint_for(error, address)) text.append(": ").append(hint);
  return text;
}

std::optional<std::string> backlog_warning(int backlog) {
  const auto limit = listen_backlog_limit();
  if (!limit || backlog <= *limit) return std::nullopt;
  return "backlog " + std::to_string(backlog) +
         " is cut to net.core.somaxconn = " + std::to_string(*limit) +
         ": raise that limit with sysctl -w net.core.somaxconn=" + std::to_string(backlog);
}

Result<Accepted> accept_one(int listen_fd) {
  sockaddr_storage storage;  // Filled by the kernel; clearing it for each connection is wasteful.
  auto* peer = reinterpret_cast<sockaddr*>(&storage);
  socklen_t size = sizeof storage;
  Fd fd{retry_on_eintr(
      [&] { return ::accept4(listen_fd, peer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC); })};
  if (!fd) return last_error("accept4");
  return Accepted{std::move(fd), Address::from(peer, size)};
}

AcceptOutcome accept_outcome(const Error& error) noexcept {
  switch (error.code) {
    case EAGAIN:
      return AcceptOutcome::would_block;
    // On Linux, accept returns pending network errors of the new socket. See: accept(2), RETURN
    // VALUE.
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENETDOWN:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case EOPNOTSUPP:
    case ENETUNREACH:
    case EPERM:
      return AcceptOutcome::retry;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return AcceptOutcome::exhausted;
    default:
      return AcceptOutcome::fatal;
  }
}

void leave_socket_file_to(pid_t owner, int listen_fd) {
  if (file_owner(listen_fd) != kSupervisor) set_file_owner(listen_fd, owner);
}

void leave_socket_file_to_supervisor(int listen_fd) {
  set_file_owner(listen_fd, kSupervisor);
}

void remove_socket_file(int listen_fd) {
  const auto local = Address::local_of(listen_fd);
  if (!local || !local->is_unix() || local->is_abstract() || !is_ours(listen_fd)) return;
  const std::string path(local->unix_name());
  static_cast<void>(::unlink(path.c_str()));
}

}  // namespace hpserver
