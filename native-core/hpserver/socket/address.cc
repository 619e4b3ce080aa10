#include "hpserver/socket/address.h"

#include <arpa/inet.h>
#include <net/if.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "hpserver/base/whole_number.h"

namespace hpserver {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";
constexpr socklen_t kPathOffset = offsetof(sockaddr_un, sun_path);

void append_decimal(std::string& text, std::uint16_t number) {
  std::array<char, 5> digits{};
  text.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

std::optional<std::uint32_t> parse_scope(const std::string& scope) {
  if (const auto index = whole_number<std::uint32_t>(scope)) return index;
  const unsigned index = ::if_nametoindex(scope.c_str());
  if (index == 0) return std::nullopt;
  return index;
}

using GetName = int (*)(int, sockaddr*, socklen_t*);

Result<Address> name_of(int fd, GetName get_name, const char* operation) {
  sockaddr_storage storage{};
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  socklen_t size = sizeof storage;
  if (get_name(fd, address, &size) == -1) return last_error(operation);
  return Address::from(address, size);
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  // Only an abstract name may contain a NUL: elsewhere, a NUL would hide what follows it from the
  // kernel.
  const bool is_abstract = text.starts_with("unix:@");
  if (!is_abstract && text.find('\0') != text.npos) return Error{EINVAL, "parse"};
  if (text.starts_with(kUnixPrefix)) {
    text.remove_prefix(kUnixPrefix.size());
    if (text.starts_with('@')) return unix_abstract(text.substr(1));
    return unix_path(text);
  }
  const auto colon = text.rfind(':');
  if (colon == text.npos) return Error{EINVAL, "parse"};
  const auto port = whole_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return Error{EINVAL, "parse"};
  const auto host = text.substr(0, colon);
  if (host.empty() || host == "*") return any_ipv4(*port);
  if (host.starts_with('[') && host.ends_with(']')) {
    return parse_ipv6(host.substr(1, host.size() - 2), *port);
  }
  return parse_ipv4(host, *port);
}

Result<Address> Address::parse_ipv4(std::string_view host, std::uint16_t port) {
  Address address = any_ipv4(port);
  if (::inet_pton(AF_INET, std::string{host}.c_str(), &address.ipv4_.sin_addr) != 1) {
    return Error{EINVAL, "inet_pton"};
  }
  return address;
}

Result<Address> Address::parse_ipv6(std::string_view host, std::uint16_t port) {
  Address address = any_ipv6(port);
  const auto percent = host.find('%');
  if (percent != host.npos) {
    const auto scope = parse_scope(std::string{host.substr(percent + 1)});
    if (!scope) return Error{ENODEV, "if_nametoindex"};
    address.ipv6_.sin6_scope_id = *scope;
  }
  const std::string digits{host.substr(0, percent)};
  if (::inet_pton(AF_INET6, digits.c_str(), &address.ipv6_.sin6_addr) != 1) {
    return Error{EINVAL, "inet_pton"};
  }
  return address;
}

Address Address::any_ipv4(std::uint16_t port) noexcept {
  Address address;
  address.ipv4_ = {};
  address.ipv4_.sin_family = AF_INET;
  address.ipv4_.sin_port = htons(port);
  address.ipv4_.sin_addr.s_addr = htonl(INADDR_ANY);
  address.size_ = sizeof(sockaddr_in);
  return address;
}

Address Address::any_ipv6(std::uint16_t port) noexcept {
  Address address;
  address.ipv6_ = {};
  address.ipv6_.sin6_family = AF_INET6;
  address.ipv6_.sin6_port = htons(port);
  address.ipv6_.sin6_addr = in6addr_any;
  address.size_ = sizeof(sockaddr_in6);
  return address;
}

Address Address::loopback_ipv4(std::uint16_t port) noexcept {
  Address address = any_ipv4(port);
  address.ipv4_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Address Address::loopback_ipv6(std::uint16_t port) noexcept {
  Address address = any_ipv6(port);
  address.ipv6_.sin6_addr = in6addr_loopback;
  return address;
}

Result<Address> Address::unix_path(std::string_view path) {
  if (path.empty() || path.find('\0') != path.npos) return Error{EINVAL, "parse"};
  if (path.size() > kMaxUnixPath) return Error{ENAMETOOLONG, "parse"};
  Address address;
  address.unix_ = {};
  address.unix_.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), address.unix_.sun_path);
  address.size_ = kPathOffset + static_cast<socklen_t>(path.size()) + 1;
  return address;
}

Result<Address> Address::unix_abstract(std::string_view name) {
  if (name.empty()) return Error{EINVAL, "parse"};
  if (name.size() > kMaxUnixPath) return Error{ENAMETOOLONG, "parse"};
  Address address;
  address.unix_ = {};
  address.unix_.sun_family = AF_UNIX;
  // The leading NUL makes the name abstract; its size, not a final NUL, marks its end.
  std::copy(name.begin(), name.end(), address.unix_.sun_path + 1);
  address.size_ = kPathOffset + 1 + static_cast<socklen_t>(name.size());
  return address;
}

Address Address::from(const sockaddr* source, socklen_t size) noexcept {
  Address address;
  if (size < sizeof(sa_family_t)) return address;
  switch (source->sa_family) {
    case AF_INET:
      address.ipv4_ = {};
      std::memcpy(&address.ipv4_, source, std::min<std::size_t>(size, sizeof(sockaddr_in)));
      address.size_ = sizeof(sockaddr_in);
      break;
    case AF_INET6:
      address.ipv6_ = {};
      std::memcpy(&address.ipv6_, source, std::min<std::size_t>(size, sizeof(sockaddr_in6)));
      address.size_ = sizeof(sockaddr_in6);
      break;
    case AF_UNIX:
      address.unix_ = {};
      address.size_ = std::min<socklen_t>(size, sizeof(sockaddr_un));
      std::memcpy(&address.unix_, source, address.size_);
      break;
    default:
      break;
  }
  return address;
}

Result<Address> Address::local_of(int fd) {
  return name_of(fd, ::getsockname, "getsockname");
}

Result<Address> Address::peer_of(int fd) {
  return name_of(fd, ::getpeername, "getpeername");
}

std::uint16_t Address::port() const noexcept {
  if (family() == AF_INET) return ntohs(ipv4_.sin_port);
  if (family() == AF_INET6) return ntohs(ipv6_.sin6_port);
  return 0;
}

bool Address::is_abstract() const noexcept {
  return is_unix() && size_ > kPathOffset && unix_.sun_path[0] == '\0';
}

std::string_view Address::unix_name() const noexcept {
  if (!is_unix() || size_ <= kPathOffset) return {};
  const std::string_view raw{unix_.sun_path, size_ - kPathOffset};
  if (is_abstract()) return raw.substr(1);
  return raw.substr(0, raw.find('\0'));
}

std::string Address::host() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family() == AF_INET) {
    return ::inet_ntop(AF_INET, &ipv4_.sin_addr, text.data(), text.size());
  }
  if (family() == AF_INET6) {
    std::string host = ::inet_ntop(AF_INET6, &ipv6_.sin6_addr, text.data(), text.size());
    if (ipv6_.sin6_scope_id != 0) host += '%' + std::to_string(ipv6_.sin6_scope_id);
    return host;
  }
  return std::string{is_abstract() ? "@" : ""}.append(unix_name());
}

std::string Address::to_string() const {
  std::string text;
  append_to(text);
  return text;
}

// inet_ntop(3) takes ten times as long, and access logs format an address for every request.
void Address::append_to(std::string& text) const {
  if (family() == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &ipv4_.sin_addr, bytes.size());
    for (const std::uint8_t byte : bytes) {
      append_decimal(text, byte);
      text.push_back('.');
    }
    text.back() = ':';
    append_decimal(text, port());
  } else if (family() == AF_INET6) {
    text.append(1, '[').append(host()).append("]:");
    append_decimal(text, port());
  } else if (is_unix()) {
    text.append(kUnixPrefix).append(host());
  } else {
    text.append("unspecified");
  }
}

bool operator==(const Address& left, const Address& right) noexcept {
  return left.size_ == right.size_ &&
         (left.size_ == 0 || std::memcmp(&left.any_, &right.any_, left.size_) == 0);
}

}  // namespace hpserver
