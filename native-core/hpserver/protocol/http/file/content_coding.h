#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hpserver::http {

class Request;

// How much a client wants each coding, in thousandths; 0: not at all.
struct AcceptedCodings {
  std::uint16_t brotli = 0;
  std::uint16_t gzip = 0;
  std::uint16_t identity = 1000;
};

// Reads the Accept-Encoding fields. Without one, nothing but identity. See: RFC 9110
// section 12.5.3.
[[nodiscard]] AcceptedCodings accepted_codings(const Request& request) noexcept;

}  // namespace hpserver::http
