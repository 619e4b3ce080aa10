#pragma once

#include <optional>
#include <string_view>

#include "hpserver/link/resolver.h"

namespace hpserver {

// Parses "loghost:514", "192.0.2.1:514" and "[::1]:514"; nothing if there is no host, or no port
// from 1 to 65,535.
[[nodiscard]] std::optional<NameQuery> parse_host_port(std::string_view text);

// Parses and resolves; blocks as resolve_now does. Errors: its own, and EAI_NONAME for what
// parse_host_port rejects.
[[nodiscard]] Resolution resolve_host_port(std::string_view text);

}  // namespace hpserver
