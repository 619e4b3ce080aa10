#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hpserver {

// Whether `text` may keep its line breaks, since its reader doesn't take them for an end.
enum class LineBreaks : bool { escaped, kept };

// How many bytes at the beginning of `text` are one character of UTF-8; 0 where they are none: a
// stray or overlong byte, a surrogate. `text` isn't empty. See: RFC 3629 section 4.
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

// Appends `text` so that it can neither end a line nor steer a terminal: control characters (also
// those of Unicode's second row, U+0080 to U+009F) and what is no UTF-8 become `\x1b`. What comes
// out has `limit` bytes at most, the dots that say so included where it was cut off.
void append_printable(std::string& out, std::string_view text, std::size_t limit,
                      LineBreaks breaks = LineBreaks::escaped);

// Appends `\x1b`.
void append_escape(std::string& out, char byte);

}  // namespace hpserver
