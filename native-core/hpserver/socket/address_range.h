#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Hosts whose addresses share a prefix: "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"; or all clients
// of UNIX sockets: "unix:". An IPv4-mapped IPv6 address (::ffff:192.0.2.1) counts as IPv4.
class AddressRange {
 public:
  // Errors: EINVAL (not an address, or surely a mistake: a prefix longer than the address, or bits
  // after the prefix that aren't 0).
  static Result<AddressRange> parse(std::string_view text);
  // Parses a list separated by commas, with any number of spaces; an empty list is empty. Errors:
  // those of `parse`; EINVAL (nothing between two commas).
  static Result<std::vector<AddressRange>> parse_list(std::string_view list);

  [[nodiscard]] bool contains(const Address& address) const noexcept;

 private:
  using Bytes = std::array<std::uint8_t, 16>;

  AddressRange() = default;
  [[nodiscard]] static Bytes bytes_of(const Address& address) noexcept;

  bool is_unix_ = false;
  Bytes bytes_{};  // as IPv6
  unsigned prefix_bits_ = 0;
};

}  // namespace hpserver
