#include "hpserver/link/host_port.h"

#include <netdb.h>

#include <cstdint>
#include <string>

#include "hpserver/base/whole_number.h"

namespace hpserver {

std::optional<NameQuery> parse_host_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view service = text.substr(colon + 1);
  const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (has_brackets) host = host.substr(1, host.size() - 2);
  // Part of "::1" would otherwise be taken for a host, and the rest for a port.
  if (host.empty() || (!has_brackets && host.find_first_of(":[]") != std::string_view::npos)) {
    return std::nullopt;
  }
  const auto port = whole_number<std::uint16_t>(service);
  if (!port || *port == 0) return std::nullopt;
  return NameQuery{.host = std::string(host), .service = std::string(service)};
}

Resolution resolve_host_port(std::string_view text) {
  const auto query = parse_host_port(text);
  if (query) return resolve_now(*query);
  Resolution none;
  none.error.code = EAI_NONAME;
  return none;
}

}  // namespace hpserver
