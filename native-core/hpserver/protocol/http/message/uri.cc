#include "hpserver/protocol/http/message/uri.h"

#include <algorithm>
#include <cstddef>

namespace hpserver::http {
namespace {

// -1 if it isn't a hexadecimal digit.
int hex_value(char digit) noexcept {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// RFC 3986 section 2.3.
bool is_unreserved(char byte) noexcept {
  const auto lower = static_cast<char>(byte | 0x20);
  return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' ||
         byte == '.' || byte == '_' || byte == '~';
}

}  // namespace

void normalize_escapes(std::string_view path, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out.clear();
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      out += path[i];
      continue;
    }
    const bool has_digits = path.size() - i >= 3;
    const int high = has_digits ? hex_value(path[i + 1]) : -1;
    const int low = has_digits ? hex_value(path[i + 2]) : -1;
    if (high < 0 || low < 0) {
      // Then nothing is decoded: in "%%341", decoding "%34" would create a new escape, "%41".
      out = path;
      return;
    }
    const auto decoded = static_cast<char>(high * 16 + low);
    if (is_unreserved(decoded)) {
      out += decoded;
    } else {
      out += '%';
      out += kDigits[static_cast<std::size_t>(high)];
      out += kDigits[static_cast<std::size_t>(low)];
    }
    i += 2;
  }
}

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
      // The kernel would see the name end at NUL: a way to smuggle names.
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
