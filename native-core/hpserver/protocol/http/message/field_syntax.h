#pragma once

#include <cstddef>
#include <string_view>

namespace hpserver::http {

// Whether `name` is a token. See: RFC 9110 section 5.6.2.
[[nodiscard]] bool is_field_name(std::string_view name) noexcept;
// Whether `value` has no control character except tab: above all no CR, LF or NUL. See: RFC 9110
// section 5.5.
[[nodiscard]] bool is_field_value(std::string_view value) noexcept;
// Returns how many bytes can be skipped before the first control character: a multiple of eight, so
// fewer than eight harmless bytes remain before it.
[[nodiscard]] std::size_t plain_prefix_bytes(std::string_view text) noexcept;
// Checks what follows a chunk's size: nothing, or ";name=value" any number of times. See: RFC 9112
// section 7.1.1.
[[nodiscard]] bool are_chunk_extensions(std::string_view text) noexcept;
// Compares, ignoring the case of ASCII letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept;
// Removes surrounding blanks.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
// Removes the next element from a comma-separated list and returns it, trimmed; empty at the end of
// the list.
[[nodiscard]] std::string_view next_list_element(std::string_view& list) noexcept;

}  // namespace hpserver::http
