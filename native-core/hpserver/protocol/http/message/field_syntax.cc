#include "hpserver/protocol/http/message/field_syntax.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "hpserver/protocol/http/message/byte_marks.h"

namespace hpserver::http {
namespace {

constexpr std::array<bool, 256> kTokenBytes = [] {
  std::array<bool, 256> table{};
  for (const char byte : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    table[static_cast<unsigned char>(byte)] = true;
  }
  return table;
}();

constexpr char to_lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 0x20) : byte;
}

void skip_blanks(std::string_view& text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

// Removes a token from the front; false if there is none.
bool skip_token(std::string_view& text) noexcept {
  const auto* const end = std::find_if_not(text.begin(), text.end(), [](char byte) {
    return kTokenBytes[static_cast<unsigned char>(byte)];
  });
  const auto size = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(size);
  return size > 0;
}

// Removes a quoted string from the front; false if there is none.
bool skip_quoted(std::string_view& text) noexcept {
  if (!text.starts_with('"')) return false;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return true;
    }
    if (text[at] == '\\') ++at;
  }
  return false;
}

}  // namespace

bool is_field_name(std::string_view name) noexcept {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char byte) {
    return kTokenBytes[static_cast<unsigned char>(byte)];
  });
}

bool is_field_value(std::string_view value) noexcept {
  const std::string_view rest = value.substr(plain_prefix_bytes(value));
  return std::all_of(rest.begin(), rest.end(), [](char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return (code >= 0x20 && code != 0x7f) || code == '\t';
  });
}

std::size_t plain_prefix_bytes(std::string_view text) noexcept {
  std::size_t count = 0;
  for (; text.size() - count >= sizeof(std::uint64_t); count += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + count, sizeof word);
    const std::uint64_t found = control_bytes(word);
    if (found == 0) continue;
    if constexpr (std::endian::native == std::endian::little) {
      count += static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
    break;
  }
  return count;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

bool are_chunk_extensions(std::string_view text) noexcept {
  if (!is_field_value(text)) return false;
  while (!text.empty()) {
    skip_blanks(text);
    if (!text.starts_with(';')) return false;
    text.remove_prefix(1);
    skip_blanks(text);
    if (!skip_token(text)) return false;
    std::string_view value = text;
    skip_blanks(value);
    if (!value.starts_with('=')) continue;
    value.remove_prefix(1);
    skip_blanks(value);
    if (!skip_token(value) && !skip_quoted(value)) return false;
    text = value;
  }
  return true;
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string_view next_list_element(std::string_view& list) noexcept {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view element = trimmed(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (!element.empty()) return element;
  }
  return {};
}

}  // namespace hpserver::http
