#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <chrono>

#include "hpserver/base/result.h"

namespace hpserver {

// Every socket option is a type that carries its level, name and value, so a wrong size, level or
// unit doesn't compile:
//   set_option(fd, option::ReusePort{true});
//   get_option<option::SendBuffer>(fd)->value;
// Options set on a listening socket before listen(2) are inherited by accepted sockets.
namespace option {

enum class Access : unsigned char { read_write, read_only };

template <int Level, int Name>
struct Flag {
  using Raw = int;
  static constexpr int kLevel = Level;
  static constexpr int kName = Name;
  static constexpr Access kAccess = Access::read_write;

  bool on = false;

  [[nodiscard]] Raw raw() const noexcept { return on ? 1 : 0; }
  [[nodiscard]] static Flag from_raw(Raw raw) noexcept { return {raw != 0}; }
};

template <int Level, int Name, Access Allowed = Access::read_write>
struct Number {
  using Raw = int;
  static constexpr int kLevel = Level;
  static constexpr int kName = Name;
  static constexpr Access kAccess = Allowed;

  int value = 0;

  [[nodiscard]] Raw raw() const noexcept { return value; }
  [[nodiscard]] static Number from_raw(Raw raw) noexcept { return {raw}; }
};

template <int Level, int Name, typename Unit>
struct Duration {
  using Raw = int;
  static constexpr int kLevel = Level;
  static constexpr int kName = Name;
  static constexpr Access kAccess = Access::read_write;

  Unit value{0};

  [[nodiscard]] Raw raw() const noexcept { return static_cast<int>(value.count()); }
  [[nodiscard]] static Duration from_raw(Raw raw) noexcept { return {Unit{raw}}; }
};

// Zero: no timeout.
template <int Name>
struct Timeout {
  using Raw = timeval;
  static constexpr int kLevel = SOL_SOCKET;
  static constexpr int kName = Name;
  static constexpr Access kAccess = Access::read_write;

  std::chrono::microseconds value{0};

  [[nodiscard]] Raw raw() const noexcept {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(value);
    return {.tv_sec = seconds.count(), .tv_usec = (value - seconds).count()};
  }
  [[nodiscard]] static Timeout from_raw(Raw raw) noexcept {
    return {std::chrono::seconds{raw.tv_sec} + std::chrono::microseconds{raw.tv_usec}};
  }
};

// SOL_SOCKET. See: socket(7).
using Debug = Flag<SOL_SOCKET, SO_DEBUG>;  // Needs CAP_NET_ADMIN to switch on.
using ReuseAddress = Flag<SOL_SOCKET, SO_REUSEADDR>;
using ReusePort = Flag<SOL_SOCKET, SO_REUSEPORT>;
using DontRoute = Flag<SOL_SOCKET, SO_DONTROUTE>;
using KeepAlive = Flag<SOL_SOCKET, SO_KEEPALIVE>;
using OutOfBandInline = Flag<SOL_SOCKET, SO_OOBINLINE>;
using Broadcast = Flag<SOL_SOCKET, SO_BROADCAST>;
using Listening = Number<SOL_SOCKET, SO_ACCEPTCONN, Access::read_only>;
using Type = Number<SOL_SOCKET, SO_TYPE, Access::read_only>;
using PendingError = Number<SOL_SOCKET, SO_ERROR, Access::read_only>;  // Reading clears it.
// In bytes. The kernel doubles the value for its own bookkeeping, and enforces a minimum: 2000
// reads back as 4608 (SNDBUF), 50 as 2304 (RCVBUF). Setting either one turns off autotuning.
using SendBuffer = Number<SOL_SOCKET, SO_SNDBUF>;
using ReceiveBuffer = Number<SOL_SOCKET, SO_RCVBUF>;
// In bytes. With fewer bytes, the socket isn't readable, except at the end of the stream.
using ReceiveLowWater = Number<SOL_SOCKET, SO_RCVLOWAT>;
// Always 1 on Linux; setting it fails with ENOPROTOOPT, so it is read-only here.
using SendLowWater = Number<SOL_SOCKET, SO_SNDLOWAT, Access::read_only>;
// For blocking sockets: after this time the call fails with EAGAIN (connect: EINPROGRESS).
using ReceiveTimeout = Timeout<SO_RCVTIMEO>;
using SendTimeout = Timeout<SO_SNDTIMEO>;

// What close(2) does with unsent bytes. See: socket(7), SO_LINGER.
struct Linger {
  using Raw = ::linger;
  static constexpr int kLevel = SOL_SOCKET;
  static constexpr int kName = SO_LINGER;
  static constexpr Access kAccess = Access::read_write;

  bool on = false;
  std::chrono::seconds limit{0};

  // The default: close returns at once; the kernel delivers in the background and sends FIN.
  [[nodiscard]] static Linger background() noexcept { return {}; }
  // close blocks until everything is acknowledged or the time is up, even on a non-blocking socket.
  [[nodiscard]] static Linger wait(std::chrono::seconds limit) noexcept { return {true, limit}; }
  // close discards unsent bytes and sends RST: only for a deliberate abort.
  [[nodiscard]] static Linger abort() noexcept { return {true, std::chrono::seconds{0}}; }

  [[nodiscard]] Raw raw() const noexcept {
    return {.l_onoff = on ? 1 : 0, .l_linger = static_cast<int>(limit.count())};
  }
  [[nodiscard]] static Linger from_raw(Raw raw) noexcept {
    return {raw.l_onoff != 0, std::chrono::seconds{raw.l_linger}};
  }
};

// IPPROTO_IP and IPPROTO_IPV6. See: ip(7), ipv6(7).
using TypeOfService = Number<IPPROTO_IP, IP_TOS>;
using TimeToLive = Number<IPPROTO_IP, IP_TTL>;
using ReceiveErrors = Flag<IPPROTO_IP, IP_RECVERR>;  // Fills the queue that MSG_ERRQUEUE reads.
using Ipv6Only = Flag<IPPROTO_IPV6, IPV6_V6ONLY>;    // Only before bind.
using Ipv6HopLimit = Number<IPPROTO_IPV6, IPV6_UNICAST_HOPS>;
using Ipv6TrafficClass = Number<IPPROTO_IPV6, IPV6_TCLASS>;

// IPPROTO_TCP. See: tcp(7).
using NoDelay = Flag<IPPROTO_TCP, TCP_NODELAY>;
using Cork = Flag<IPPROTO_TCP, TCP_CORK>;          // For at most 200 ms.
using QuickAck = Flag<IPPROTO_TCP, TCP_QUICKACK>;  // Not permanent: the kernel may reset it.
using MaxSegment = Number<IPPROTO_TCP, TCP_MAXSEG>;
using FastOpenQueue = Number<IPPROTO_TCP, TCP_FASTOPEN>;
// accept waits for the first bytes; the kernel counts in retransmissions and rounds up.
using DeferAccept = Duration<IPPROTO_TCP, TCP_DEFER_ACCEPT, std::chrono::seconds>;
using KeepAliveIdle = Duration<IPPROTO_TCP, TCP_KEEPIDLE, std::chrono::seconds>;
using KeepAliveInterval = Duration<IPPROTO_TCP, TCP_KEEPINTVL, std::chrono::seconds>;
using KeepAliveProbes = Number<IPPROTO_TCP, TCP_KEEPCNT>;
// How long sent bytes may stay unacknowledged; zero: the system default.
using UserTimeout = Duration<IPPROTO_TCP, TCP_USER_TIMEOUT, std::chrono::milliseconds>;

}  // namespace option

// Sets an option. Never blocks. Errors: ENOPROTOOPT, EINVAL, EACCES, EBADF, ENOTSOCK.
// See: setsockopt(2).
template <typename Option>
Result<void> set_option(int fd, const Option& option) {
  static_assert(Option::kAccess == option::Access::read_write, "the kernel won't let this be set");
  const auto raw = option.raw();
  if (::setsockopt(fd, Option::kLevel, Option::kName, &raw, sizeof raw) == -1) {
    return last_error("setsockopt");
  }
  return {};
}

// Reads an option as the kernel has it now. Errors: ENOPROTOOPT, EBADF, ENOTSOCK.
template <typename Option>
[[nodiscard]] Result<Option> get_option(int fd) {
  typename Option::Raw raw{};
  socklen_t size = sizeof raw;
  if (::getsockopt(fd, Option::kLevel, Option::kName, &raw, &size) == -1) {
    return last_error("getsockopt");
  }
  return Option::from_raw(raw);
}

}  // namespace hpserver
