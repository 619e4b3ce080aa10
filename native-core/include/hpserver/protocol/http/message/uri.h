#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hpserver::http {

enum class Plus : bool { literal, space };

// Replaces `out` by `text` with its %XX decoded. False, and `out` unusable, where an escape is
// malformed or stands for NUL. Reuses the capacity of `out`. See: RFC 3986 section 2.1.
[[nodiscard]] bool percent_decode(std::string_view text, std::string& out,
                                  Plus plus = Plus::literal);

// The first value of `name` in "a=1&b=2", decoded.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace hpserver::http
