#include "hpserver/log/printable.h"

namespace hpserver {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kCutOff = "...";

[[nodiscard]] constexpr unsigned byte_at(std::string_view text, std::size_t index) noexcept {
  return static_cast<unsigned char>(text[index]);
}

// The range of a second byte depends on the first one: no overlong form, no surrogate, nothing
// beyond U+10FFFF.
[[nodiscard]] bool second_fits(unsigned first, unsigned second) noexcept {
  switch (first) {
    case 0xe0:
      return second >= 0xa0 && second <= 0xbf;
    case 0xed:
      return second >= 0x80 && second <= 0x9f;
    case 0xf0:
      return second >= 0x90 && second <= 0xbf;
    case 0xf4:
      return second >= 0x80 && second <= 0x8f;
    default:
      return second >= 0x80 && second <= 0xbf;
  }
}

[[nodiscard]] constexpr std::size_t length_by(unsigned first) noexcept {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

// How many bytes of `text` form a printable character; 0: escape the first byte.
[[nodiscard]] std::size_t shown_length(std::string_view text, LineBreaks breaks) noexcept {
  const unsigned first = byte_at(text, 0);
  if (first == '\n') return breaks == LineBreaks::kept ? 1 : 0;
  if (first < 0x20 || first == 0x7f) return 0;
  const std::size_t length = utf8_length(text);
  const bool is_control = first == 0xc2 && length == 2 && byte_at(text, 1) < 0xa0;
  return is_control ? 0 : length;
}

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
  const unsigned first = byte_at(text, 0);
  const std::size_t length = length_by(first);
  if (length > text.size()) return 0;
  if (length > 1 && !second_fits(first, byte_at(text, 1))) return 0;
  for (std::size_t index = 2; index < length; ++index) {
    if ((byte_at(text, index) & 0xc0U) != 0x80) return 0;
  }
  return length;
}

void append_escape(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out.append("\\x").append(1, kHexDigits[value >> 4U]).append(1, kHexDigits[value & 15U]);
}

void append_printable(std::string& out, std::string_view text, std::size_t limit,
                      LineBreaks breaks) {
  const std::size_t begin = out.size();
  // The longest prefix that leaves room for the dots.
  std::size_t fits = begin;
  while (!text.empty() && out.size() - begin <= limit) {
    if (out.size() - begin + kCutOff.size() <= limit) fits = out.size();
    const std::size_t length = shown_length(text, breaks);
    if (length == 0) {
      append_escape(out, text.front());
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  if (out.size() - begin <= limit) return;
  out.resize(fits);
  out.append(kCutOff.substr(0, limit));
}

}  // namespace hpserver
