#pragma once

#include <string_view>

namespace hpserver::http {

// Returns the Content-Type for a file name, by its extension in any case;
// "application/octet-stream" for an unknown one. Texts are declared as UTF-8. See:
// https://www.iana.org/assignments/media-types
[[nodiscard]] std::string_view media_type_of(std::string_view path) noexcept;

}  // namespace hpserver::http
