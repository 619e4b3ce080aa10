#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hpserver {

// Whether `text` may keep its line breaks because its reader doesn't take a line break for the end.
enum class LineBreaks : bool { escaped, kept };

// Returns how many bytes at the start of `text` are one UTF-8 character; 0 if they aren't valid: a
// stray or overlong byte, a surrogate. `text` isn't empty. See: RFC 3629 section 4.
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

// Appends `text` so that it can neither end a line nor control a terminal: control characters
// (including U+0080 to U+009F) and invalid UTF-8 become `\x1b`. The result has at most `limit`
// bytes, including the dots that mark truncated text.
void append_printable(std::string& out, std::string_view text, std::size_t limit,
                      LineBreaks breaks = LineBreaks::escaped);

// Appends `\x1b`.
void append_escape(std::string& out, char byte);

}  // namespace hpserver
