#include "hpserver/socket/socket.h"

#include <poll.h>
#include <sys/socket.h>

#include "hpserver/os/fd_flags.h"
#include "hpserver/os/syscall.h"
#include "hpserver/socket/socket_options.h"

namespace hpserver {
namespace {

Result<Fd> open_socket(sa_family_t family, int type, Blocking blocking) {
  const int nonblocking = blocking == Blocking::no ? SOCK_NONBLOCK : 0;
  Fd fd{::socket(family, type | SOCK_CLOEXEC | nonblocking, 0)};
  if (!fd) return last_error("socket");
  return fd;
}

Result<std::size_t> transferred(ssize_t count, const char* operation) {
  if (count == -1) return last_error(operation);
  return static_cast<std::size_t>(count);
}

// A connect interrupted by a signal continues by itself and can't be called again (EALREADY).
Result<void> await_connect(int fd, std::chrono::milliseconds timeout) {
  pollfd watched{.fd = fd, .events = POLLOUT, .revents = 0};
  const int limit = timeout.count() == 0 ? -1 : static_cast<int>(timeout.count());
  const int ready = retry_on_eintr([&] { return ::poll(&watched, 1, limit); });
  if (ready == -1) return last_error("poll");
  if (ready == 0) return Error{ETIMEDOUT, "connect"};
  return take_error(fd, "connect");
}

}  // namespace

Result<Fd> stream_socket(sa_family_t family, Blocking blocking) {
  return open_socket(family, SOCK_STREAM, blocking);
}

Result<Fd> datagram_socket(sa_family_t family, Blocking blocking) {
  return open_socket(family, SOCK_DGRAM, blocking);
}

Result<void> bind_to(int fd, const Address& address) {
  if (::bind(fd, address.data(), address.size()) == -1) return last_error("bind");
  return {};
}

Result<Fd> connect_and_wait(const Address& address, std::chrono::milliseconds timeout) {
  auto fd = stream_socket(address.family(), Blocking::yes);
  if (!fd) return fd;
  // connect is the only call that SO_SNDTIMEO makes fail with EINPROGRESS.
  if (auto set = set_option(fd->get(), option::SendTimeout{timeout}); !set) return set.error();
  if (::connect(fd->get(), address.data(), address.size()) == -1) {
    if (errno == EINPROGRESS) return Error{ETIMEDOUT, "connect"};
    if (errno != EINTR) return last_error("connect");
    if (auto done = await_connect(fd->get(), timeout); !done) return done.error();
  }
  if (auto set = set_option(fd->get(), option::SendTimeout{}); !set) return set.error();
  return fd;
}

Result<Fd> start_connect(const Address& address) {
  auto fd = stream_socket(address.family(), Blocking::no);
  if (!fd) return fd;
  const int status = ::connect(fd->get(), address.data(), address.size());
  if (status == -1 && errno != EINPROGRESS && errno != EINTR) return last_error("connect");
  return fd;
}

bool peer_has_closed(int fd) {
  pollfd asked{.fd = fd, .events = POLLRDHUP, .revents = 0};
  return ::poll(&asked, 1, 0) == 1;
}

Result<void> take_error(int fd, const char* operation) {
  const auto pending = get_option<option::PendingError>(fd);
  if (!pending) return pending.error();
  if (pending->value != 0) return Error{pending->value, operation};
  return {};
}

Result<void> shut_down(int fd, Direction direction) {
  const int how = direction == Direction::read    ? SHUT_RD
                  : direction == Direction::write ? SHUT_WR
                                                  : SHUT_RDWR;
  if (::shutdown(fd, how) == -1) return last_error("shutdown");
  return {};
}

int to_native(RecvFlags flags) noexcept {
  return (flags.peek ? MSG_PEEK : 0) | (flags.dont_wait ? MSG_DONTWAIT : 0) |
         (flags.wait_all ? MSG_WAITALL : 0) | (flags.out_of_band ? MSG_OOB : 0) |
         (flags.truncate ? MSG_TRUNC : 0) | (flags.error_queue ? MSG_ERRQUEUE : 0);
}

int to_native(SendFlags flags) noexcept {
  return MSG_NOSIGNAL | (flags.more ? MSG_MORE : 0) | (flags.dont_wait ? MSG_DONTWAIT : 0) |
         (flags.out_of_band ? MSG_OOB : 0) | (flags.dont_route ? MSG_DONTROUTE : 0);
}

Result<std::size_t> receive(int fd, std::span<char> buffer, RecvFlags flags) {
  const auto got =
      retry_on_eintr([&] { return ::recv(fd, buffer.data(), buffer.size(), to_native(flags)); });
  return transferred(got, "recv");
}

Result<std::size_t> send(int fd, std::string_view bytes, SendFlags flags) {
  const auto sent =
      retry_on_eintr([&] { return ::send(fd, bytes.data(), bytes.size(), to_native(flags)); });
  return transferred(sent, "send");
}

Result<Datagram> receive_from(int fd, std::span<char> buffer, RecvFlags flags) {
  sockaddr_storage storage{};
  auto* sender = reinterpret_cast<sockaddr*>(&storage);
  socklen_t size = sizeof storage;
  const auto got = retry_on_eintr([&] {
    size = sizeof storage;
    return ::recvfrom(fd, buffer.data(), buffer.size(), to_native(flags), sender, &size);
  });
  if (got == -1) return last_error("recvfrom");
  return Datagram{static_cast<std::size_t>(got), Address::from(sender, size)};
}

Result<std::size_t> send_to(int fd, std::string_view bytes, const Address& receiver,
                            SendFlags flags) {
  const auto sent = retry_on_eintr([&] {
    return ::sendto(fd, bytes.data(), bytes.size(), to_native(flags), receiver.data(),
                    receiver.size());
  });
  return transferred(sent, "sendto");
}

Result<bool> at_mark(int fd) {
  const int mark = ::sockatmark(fd);
  if (mark == -1) return last_error("sockatmark");
  return mark == 1;
}

}  // namespace hpserver
