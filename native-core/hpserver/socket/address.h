#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/base/result.h"

namespace hpserver {

// A socket address: IPv4, IPv6, or UNIX by path or by abstract name. A plain value of 116 bytes
// that replaces sockaddr, sockaddr_in, sockaddr_in6 and sockaddr_un. Ports are in host order in
// this interface, and in network order inside. See: ip(7), ipv6(7), unix(7).
class Address {
 public:
  // The longest path: the size of sun_path minus the terminating NUL.
  static constexpr std::size_t kMaxUnixPath = sizeof(sockaddr_un::sun_path) - 1;

  // No address (AF_UNSPEC).
  Address() noexcept : any_{}, size_(0) {}

  // Parses "127.0.0.1:80", "*:80" and ":80" (every IPv4 address), "[::1]:80", "[fe80::1%eth0]:80",
  // "unix:/run/name.sock", "unix:@abstract". Looks up no names, so it never blocks.
  // Errors: EINVAL, ENAMETOOLONG (a UNIX name over 107 bytes), ENODEV (an unknown interface).
  static Result<Address> parse(std::string_view text);

  static Address any_ipv4(std::uint16_t port) noexcept;
  static Address any_ipv6(std::uint16_t port) noexcept;
  static Address loopback_ipv4(std::uint16_t port) noexcept;
  static Address loopback_ipv6(std::uint16_t port) noexcept;

  // Errors: ENAMETOOLONG, EINVAL (empty, or a NUL inside).
  static Result<Address> unix_path(std::string_view path);

  // A name in the kernel's own namespace: it has no file and vanishes with its last socket (Linux
  // only). Errors: ENAMETOOLONG, EINVAL (empty).
  static Result<Address> unix_abstract(std::string_view name);

  // Copies what a system call returned; an unknown family becomes AF_UNSPEC.
  static Address from(const sockaddr* address, socklen_t size) noexcept;

  // The address of the socket's own end, and of its other end. Errors: ENOTSOCK; ENOTCONN. See:
  // getsockname(2).
  static Result<Address> local_of(int fd);
  static Result<Address> peer_of(int fd);

  [[nodiscard]] sa_family_t family() const noexcept { return any_.sa_family; }
  [[nodiscard]] bool is_ip() const noexcept { return family() == AF_INET || family() == AF_INET6; }
  [[nodiscard]] bool is_unix() const noexcept { return family() == AF_UNIX; }

  // 0 if the family has no ports.
  [[nodiscard]] std::uint16_t port() const noexcept;

  // "127.0.0.1", "::ffff:127.0.0.1", "/run/name.sock", "@abstract"; empty for an unnamed end.
  [[nodiscard]] std::string host() const;

  // Formats the address so that `parse` can read it: "127.0.0.1:80", "[::1]:80",
  // "unix:/run/name.sock". Allocates.
  [[nodiscard]] std::string to_string() const;
  // Appends the same text to `text`; allocates only if `text` must grow.
  void append_to(std::string& text) const;

  // The path or abstract name of a UNIX address, without its NUL or '@'.
  [[nodiscard]] std::string_view unix_name() const noexcept;
  [[nodiscard]] bool is_abstract() const noexcept;

  // For system calls.
  [[nodiscard]] const sockaddr* data() const noexcept { return &any_; }
  [[nodiscard]] socklen_t size() const noexcept { return size_; }

  friend bool operator==(const Address& left, const Address& right) noexcept;

 private:
  static Result<Address> parse_ipv4(std::string_view host, std::uint16_t port);
  static Result<Address> parse_ipv6(std::string_view host, std::uint16_t port);
  union {
    sockaddr any_;
    sockaddr_in ipv4_;
    sockaddr_in6 ipv6_;
    sockaddr_un unix_;
  };
  socklen_t size_;
};

}  // namespace hpserver
