#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hpserver::http {

class Request;

// The client's preference for each coding, in thousandths; 0: not acceptable.
struct AcceptedCodings {
  std::uint16_t brotli = 0;
  std::uint16_t gzip = 0;
  std::uint16_t identity = 1000;
};

// Parses the Accept-Encoding fields. Without one, only identity is acceptable. See: RFC 9110
// section 12.5.3.
[[nodiscard]] AcceptedCodings accepted_codings(const Request& request) noexcept;

}  // namespace hpserver::http
