#pragma once

#include <cstddef>
#include <string_view>

namespace hpserver::http {

// A token. See: RFC 9110 section 5.6.2.
[[nodiscard]] bool is_field_name(std::string_view name) noexcept;
// No control character but tab: above all no CR, LF or NUL. See: RFC 9110 section 5.5.
[[nodiscard]] bool is_field_value(std::string_view value) noexcept;
// How many bytes may be leapt over before the first control character: eight at a time, so that
// less than eight are left without one.
[[nodiscard]] std::size_t plain_prefix_bytes(std::string_view text) noexcept;
// What follows a chunk's size: nothing, or ";name=value" as often as wanted. See: RFC 9112 section
// 7.1.1.
[[nodiscard]] bool are_chunk_extensions(std::string_view text) noexcept;
// Equal but for the case of ASCII letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept;
// Without the blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
// Takes the next element off a comma-separated list, trimmed; empty when the list has ended.
[[nodiscard]] std::string_view next_list_element(std::string_view& list) noexcept;

}  // namespace hpserver::http
