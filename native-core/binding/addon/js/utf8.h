#pragma once

#include <string_view>

namespace hpserver::binding {

// Whether the bytes are a text: JavaScript would make one and the same character of all others, so
// that distinct names became one. See: RFC 3629 section 4.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

}  // namespace hpserver::binding
