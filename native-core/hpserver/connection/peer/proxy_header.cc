#include "hpserver/connection/peer/proxy_header.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include "hpserver/base/whole_number.h"

namespace hpserver {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kText = "PROXY "sv;
constexpr std::size_t kMaxTextBytes = 107;  // including its CRLF
constexpr std::string_view kBinary = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t kFixedBytes = 16;
constexpr unsigned char kChecksumType = 0x03;  // PP2_TYPE_CRC32C

const Error kNone{EPROTO, "PROXY"};

// Removes and returns the part of `bytes` before the next space, which it removes too; all of
// `bytes` if there is no space.
std::string_view cut_field(std::string_view& bytes) {
  const std::size_t end = std::min(bytes.find(' '), bytes.size());
  const std::string_view field = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return field;
}

std::optional<std::uint16_t> port_of(std::string_view field) {
  if (field.size() > 1 && field.front() == '0') return std::nullopt;
  return whole_number<std::uint16_t>(field);
}

// The address from its text or from its bytes in network order.
template <typename Fill>
std::optional<Address> ipv4_of(std::uint16_t port, Fill fill) {
  sockaddr_in ipv4{};
  ipv4.sin_family = AF_INET;
  ipv4.sin_port = htons(port);
  if (!fill(&ipv4.sin_addr)) return std::nullopt;
  return Address::from(reinterpret_cast<const sockaddr*>(&ipv4), sizeof ipv4);
}

template <typename Fill>
std::optional<Address> ipv6_of(std::uint16_t port, Fill fill) {
  sockaddr_in6 ipv6{};
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_port = htons(port);
  if (!fill(&ipv6.sin6_addr)) return std::nullopt;
  return Address::from(reinterpret_cast<const sockaddr*>(&ipv6), sizeof ipv6);
}

std::optional<Address> read_end(bool is_ipv6, std::string_view host, std::string_view port) {
  const auto number = port_of(port);
  if (!number || host.find('\0') != host.npos) return std::nullopt;
  const std::string text(host);
  if (is_ipv6) {
    return ipv6_of(*number,
                   [&](void* room) { return ::inet_pton(AF_INET6, text.c_str(), room) == 1; });
  }
  return ipv4_of(*number,
                 [&](void* room) { return ::inet_pton(AF_INET, text.c_str(), room) == 1; });
}

// "TCP4 192.0.2.1 192.0.2.2 4711 80"
Result<std::optional<Address>> read_line(std::string_view line) {
  const std::string_view protocol = cut_field(line);
  // The rest of the line is ignored, as version 1 demands.
  if (protocol == "UNKNOWN") return std::optional<Address>();
  if (protocol != "TCP4" && protocol != "TCP6") return kNone;
  if (std::count(line.begin(), line.end(), ' ') != 3) return kNone;
  const bool is_ipv6 = protocol == "TCP6";
  const std::string_view source = cut_field(line);
  const std::string_view destination = cut_field(line);
  const std::string_view source_port = cut_field(line);
  const auto from = read_end(is_ipv6, source, source_port);
  const auto to = read_end(is_ipv6, destination, line);
  if (!from || !to) return kNone;
  return from;
}

Result<std::optional<ProxyHeader>> read_text(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kMaxTextBytes);
  const std::size_t end = head.find_first_of("\r\n"sv);
  if (end == head.npos || end + 1 == head.size()) {
    const bool may_go_on = head.size() < kMaxTextBytes && (end == head.npos || head[end] == '\r');
    if (!may_go_on) return kNone;
    return std::optional<ProxyHeader>();
  }
  if (head[end] != '\r' || head[end + 1] != '\n') return kNone;
  auto source = read_line(head.substr(kText.size(), end - kText.size()));
  if (!source) return source.error();
  return std::optional(ProxyHeader{.size_bytes = end + 2, .source = *source});
}

std::uint8_t octet_at(std::string_view bytes, std::size_t offset) {
  return static_cast<std::uint8_t>(bytes[offset]);
}

std::uint16_t number16_at(std::string_view bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(octet_at(bytes, offset) << 8U | octet_at(bytes, offset + 1));
}

std::uint32_t number32_at(std::string_view bytes, std::size_t offset) {
  return static_cast<std::uint32_t>(number16_at(bytes, offset)) << 16U |
         number16_at(bytes, offset + 2);
}

constexpr std::array<std::uint32_t, 256> make_crc32c_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) {
      value = value >> 1U ^ ((value & 1U) != 0 ? 0x82F6'3B78U : 0U);
    }
    table[byte] = value;
  }
  return table;
}

// CRC-32C (Castagnoli); the four bytes at `hole` count as zeros. See: RFC 3720, B.4.
std::uint32_t crc32c(std::string_view bytes, std::size_t hole) {
  static constexpr auto kTable = make_crc32c_table();
  std::uint32_t value = 0xFFFF'FFFF;
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    const bool is_hole = index >= hole && index < hole + 4;
    const std::uint32_t byte = is_hole ? 0U : octet_at(bytes, index);
    value = value >> 8U ^ kTable[(value ^ byte) & 0xFFU];
  }
  return ~value;
}

// Whether the TLVs after the addresses are complete; we need none of them.
bool is_sound(std::string_view header, std::size_t offset) {
  while (offset < header.size()) {
    if (header.size() - offset < 3) return false;
    const std::size_t value = offset + 3;
    const std::size_t size_bytes = number16_at(header, offset + 1);
    if (header.size() - value < size_bytes) return false;
    if (octet_at(header, offset) == kChecksumType) {
      if (size_bytes != 4 || crc32c(header, value) != number32_at(header, value)) return false;
    }
    offset = value + size_bytes;
  }
  return true;
}

// The addresses of both ends, then their ports, then TLVs.
Result<std::optional<Address>> read_addresses(std::string_view header) {
  constexpr std::uint8_t kTcp4 = 0x11;
  constexpr std::uint8_t kTcp6 = 0x21;
  const std::uint8_t family = octet_at(header, 13);
  const std::size_t host_bytes = family == kTcp4 ? 4 : 16;
  // Datagrams, UNIX sockets and future families: keep the connection's own addresses.
  if (family != kTcp4 && family != kTcp6) return std::optional<Address>();
  const std::size_t end = kFixedBytes + 2 * (host_bytes + 2);
  if (header.size() < end || !is_sound(header, end)) return kNone;
  const std::uint16_t port = number16_at(header, kFixedBytes + 2 * host_bytes);
  const auto copy = [&](void* room) {
    std::memcpy(room, header.data() + kFixedBytes, host_bytes);
    return true;
  };
  return family == kTcp4 ? ipv4_of(port, copy) : ipv6_of(port, copy);
}

Result<std::optional<ProxyHeader>> read_binary(std::string_view bytes) {
  constexpr std::uint8_t kLocal = 0x20;
  constexpr std::uint8_t kProxy = 0x21;
  const std::size_t known = bytes.size();
  if (known > 12 && octet_at(bytes, 12) != kLocal && octet_at(bytes, 12) != kProxy) return kNone;
  if (known < kFixedBytes) return std::optional<ProxyHeader>();
  const std::size_t size_bytes = kFixedBytes + number16_at(bytes, 14);
  if (size_bytes > ProxyHeader::kMaxBytes) return Error{EMSGSIZE, "PROXY"};
  if (known < size_bytes) return std::optional<ProxyHeader>();
  ProxyHeader header{.size_bytes = size_bytes, .source = {}};
  // Skips whatever follows in a LOCAL header.
  if (octet_at(bytes, 12) == kLocal) return std::optional(header);
  const auto source = read_addresses(bytes.substr(0, size_bytes));
  if (!source) return source.error();
  header.source = *source;
  return std::optional(header);
}

bool agree(std::string_view bytes, std::string_view beginning) noexcept {
  const std::size_t common_bytes = std::min(bytes.size(), beginning.size());
  return bytes.substr(0, common_bytes) == beginning.substr(0, common_bytes);
}

}  // namespace

bool ProxyHeader::begins(std::string_view bytes) noexcept {
  return agree(bytes, kText) || agree(bytes, kBinary);
}

Result<std::optional<ProxyHeader>> ProxyHeader::read(std::string_view bytes) {
  if (!begins(bytes)) return kNone;
  if (bytes.size() >= kBinary.size() && bytes.starts_with(kBinary)) return read_binary(bytes);
  if (bytes.size() >= kText.size() && bytes.starts_with(kText)) return read_text(bytes);
  return std::optional<ProxyHeader>();
}

}  // namespace hpserver
