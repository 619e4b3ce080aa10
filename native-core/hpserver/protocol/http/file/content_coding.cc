#include "hpserver/protocol/http/file/content_coding.h"

#include <algorithm>
#include <optional>

#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/request.h"

namespace hpserver::http {
namespace {

// "0.5" is 500; nothing if it isn't a weight. See: RFC 9110 section 12.4.2.
std::optional<std::uint16_t> read_weight(std::string_view text) noexcept {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int weight = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int place = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') return std::nullopt;
    weight += (digit - '0') * place;
    place /= 10;
  }
  if (weight > 1000) return std::nullopt;
  return static_cast<std::uint16_t>(weight);
}

struct Preference {
  std::string_view coding;
  std::uint16_t weight = 1000;
};

// "gzip;q=0.5". An invalid weight makes the coding unacceptable.
Preference read_preference(std::string_view element) noexcept {
  const std::size_t semicolon = std::min(element.find(';'), element.size());
  Preference preference{trimmed(element.substr(0, semicolon))};
  std::string_view parameter = element.substr(std::min(semicolon + 1, element.size()));
  parameter = trimmed(parameter);
  if (parameter.empty()) return preference;
  const bool is_weight = parameter.size() > 2 && equal_ignoring_case(parameter.substr(0, 2), "q=");
  preference.weight = is_weight ? read_weight(parameter.substr(2)).value_or(0) : 0;
  return preference;
}

}  // namespace

AcceptedCodings accepted_codings(const Request& request) noexcept {
  if (!request.has_header(HeaderId::accept_encoding)) return {};
  std::optional<std::uint16_t> brotli;
  std::optional<std::uint16_t> gzip;
  std::optional<std::uint16_t> identity;
  std::optional<std::uint16_t> any;
  for (std::size_t i = 0; i < request.header_count(); ++i) {
    if (request.header_id(i) != HeaderId::accept_encoding) continue;
    std::string_view list = request.header_value(i);
    for (auto text = next_list_element(list); !text.empty(); text = next_list_element(list)) {
      const auto [coding, weight] = read_preference(text);
      if (equal_ignoring_case(coding, "br")) brotli = weight;
      if (equal_ignoring_case(coding, "gzip") || equal_ignoring_case(coding, "x-gzip")) {
        gzip = weight;
      }
      if (equal_ignoring_case(coding, "identity")) identity = weight;
      if (coding == "*") any = weight;
    }
  }
  // Identity is acceptable unless it is excluded, but named codings come first.
  const std::uint16_t unnamed = any.value_or(0);
  const std::uint16_t plain = identity.value_or(any.value_or(1));
  return {brotli.value_or(unnamed), gzip.value_or(unnamed), plain};
}

}  // namespace hpserver::http
