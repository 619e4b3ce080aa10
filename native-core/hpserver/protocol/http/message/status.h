#pragma once

#include <cstdint>
#include <string_view>

namespace hpserver::http {

// "Not Found"; empty for a code that isn't in IANA's registry.
[[nodiscard]] std::string_view reason_phrase(std::uint16_t code) noexcept;
// "HTTP/1.1 404 Not Found\r\n"; empty for a code without a phrase.
[[nodiscard]] std::string_view status_line(std::uint16_t code) noexcept;

}  // namespace hpserver::http
