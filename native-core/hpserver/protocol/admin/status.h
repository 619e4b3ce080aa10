#pragma once

#include <string>
#include <string_view>

#include "hpserver/metrics/metrics.h"
#include "hpserver/protocol/admin/server_facts.h"

namespace hpserver::admin {

// What a server is and is doing, as JSON, and as a self-contained page for phones and desktops.
// Allocates; any thread.
[[nodiscard]] std::string status_json(const ServerFacts& facts, const Metrics& metrics);
[[nodiscard]] std::string status_page(const ServerFacts& facts, const Metrics& metrics);

// Escapes text for a JSON string, and for HTML.
[[nodiscard]] std::string json_text(std::string_view text);
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace hpserver::admin
