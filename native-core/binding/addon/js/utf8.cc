#include "addon/js/utf8.h"

#include <cstddef>

namespace hpserver::binding {

namespace {

struct Sequence {
  std::size_t tail_count;  // bytes after the first
  unsigned char low;       // of the second byte: excludes overlong forms, surrogates, over U+10FFFF
  unsigned char high;
};

// Not a valid first byte: no second byte fits.
constexpr Sequence kNone{1, 1, 0};

constexpr Sequence sequence_of(unsigned char first) noexcept {
  if (first < 0x80) return {0, 0, 0};
  if (first < 0xC2) return kNone;
  if (first < 0xE0) return {1, 0x80, 0xBF};
  if (first == 0xE0) return {2, 0xA0, 0xBF};
  if (first == 0xED) return {2, 0x80, 0x9F};
  if (first < 0xF0) return {2, 0x80, 0xBF};
  if (first == 0xF0) return {3, 0x90, 0xBF};
  if (first < 0xF4) return {3, 0x80, 0xBF};
  if (first == 0xF4) return {3, 0x80, 0x8F};
  return kNone;
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const Sequence sequence = sequence_of(static_cast<unsigned char>(bytes[at]));
    if (sequence.tail_count >= bytes.size() - at) return false;
    for (std::size_t step = 1; step <= sequence.tail_count; ++step) {
      const auto byte = static_cast<unsigned char>(bytes[at + step]);
      const unsigned char low = step == 1 ? sequence.low : 0x80;
      const unsigned char high = step == 1 ? sequence.high : 0xBF;
      if (byte < low || byte > high) return false;
    }
    at += sequence.tail_count;
  }
  return true;
}

}  // namespace hpserver::binding
