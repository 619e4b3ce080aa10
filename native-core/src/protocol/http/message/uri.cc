#include "hpserver/protocol/http/message/uri.h"

#include <algorithm>

namespace hpserver::http {
namespace {

// -1 for what is no hexadecimal digit.
int hex_value(char digit) noexcept {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

bool percent_decode(std::string_view text, std::string& out, Plus plus) {
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (text.size() - i < 3) return false;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      // NUL would end the name early for the kernel, which is how names are smuggled.
      if (high < 0 || low < 0 || high + low == 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return true;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  std::string decoded;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::string_view key = pair.substr(0, pair.find('='));
    if (!percent_decode(key, decoded, Plus::space) || decoded != name) continue;
    const std::string_view value = pair.substr(std::min(key.size() + 1, pair.size()));
    if (!percent_decode(value, decoded, Plus::space)) return std::nullopt;
    return decoded;
  }
  return std::nullopt;
}

}  // namespace hpserver::http
