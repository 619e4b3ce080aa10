#pragma once

#include <string_view>

namespace hpserver::binding {

// Whether the bytes are valid UTF-8: JavaScript would turn all invalid ones into the same
// character, so distinct names would become equal. See: RFC 3629 section 4.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

}  // namespace hpserver::binding
