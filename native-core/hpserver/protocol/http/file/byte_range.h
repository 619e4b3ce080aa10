#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hpserver::http {

// A request for more ranges than this gets the whole file, as RFC 9110 section 14.2 allows: a
// request for many small ranges is an attack.
inline constexpr std::size_t kMaxRanges = 16;

// A piece of a file.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// What a Range field requests.
struct RangeSet {
  enum class Kind : std::uint8_t {
    whole,          // no Range field, one that may be ignored, or one for more than the file
    partial,        // `ranges`, at least one
    unsatisfiable,  // none of it is in the file: 416
  };

  Kind kind = Kind::whole;
  std::size_t count = 0;
  std::array<ByteRange, kMaxRanges> storage{};

  [[nodiscard]] std::span<const ByteRange> ranges() const noexcept {
    return {storage.data(), count};
  }
};

// Parses "bytes=0-99, 200-, -50" for a file of `size_bytes`. If ranges overlap so much that they
// add up to more than the file, the result is `whole`. See: RFC 9110 section 14.1.
[[nodiscard]] RangeSet parse_ranges(std::string_view field, std::uint64_t size_bytes) noexcept;

}  // namespace hpserver::http
