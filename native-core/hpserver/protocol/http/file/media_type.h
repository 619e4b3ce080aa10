#pragma once

#include <string_view>

namespace hpserver::http {

// The Content-Type for a file's name, by its extension in any case; "application/octet-stream" for
// an unknown one. Texts are said to be UTF-8. See: https://www.iana.org/assignments/media-types
[[nodiscard]] std::string_view media_type_of(std::string_view path) noexcept;

}  // namespace hpserver::http
