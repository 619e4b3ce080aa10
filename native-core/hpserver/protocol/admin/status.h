#pragma once

#include <string>
#include <string_view>

#include "hpserver/metrics/metrics.h"
#include "hpserver/protocol/admin/server_facts.h"

namespace hpserver::admin {

// What a server is and does just now: as JSON, and as a page that is all in one piece, for phones
// and desks. Allocates; any thread.
[[nodiscard]] std::string status_json(const ServerFacts& facts, const Metrics& metrics);
[[nodiscard]] std::string status_page(const ServerFacts& facts, const Metrics& metrics);

// As it stands between the quotes of JSON, and as text of HTML.
[[nodiscard]] std::string json_text(std::string_view text);
[[nodiscard]] std::string html_text(std::string_view text);

}  // namespace hpserver::admin
