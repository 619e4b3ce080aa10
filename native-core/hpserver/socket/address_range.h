#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Hosts whose addresses begin alike: "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"; or all that
// connect by a UNIX socket: "unix:". An IPv4 address in IPv6 (::ffff:192.0.2.1) is that IPv4 one.
class AddressRange {
 public:
  // Errors: EINVAL (no address, or more bits than it has; bits behind the prefix that aren't 0,
  // since one of the two would be a mistake).
  static Result<AddressRange> parse(std::string_view text);
  // Those of a list, between commas and as many spaces as one likes; none: an empty one. Errors:
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
