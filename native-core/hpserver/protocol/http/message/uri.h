#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hpserver::http {

enum class Plus : bool { literal, space };

// Replaces `out` by `text` with its %XX decoded. False, and `out` unusable, if an escape is
// malformed or encodes NUL. Reuses the capacity of `out`. See: RFC 3986 section 2.1.
[[nodiscard]] bool percent_decode(std::string_view text, std::string& out,
                                  Plus plus = Plus::literal);

// Replaces `out` by `path` in a normal form, in which equivalent paths are equal: only characters
// that need escapes have them, with capital digits. Never decodes twice, since "%25" stays, and
// leaves a path with a malformed escape alone. See: RFC 3986 sections 6.2.2.1 and 6.2.2.2.
void normalize_escapes(std::string_view path, std::string& out);

// Returns the first value of `name` in "a=1&b=2", decoded.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace hpserver::http
