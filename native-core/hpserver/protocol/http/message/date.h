#pragma once

#include <array>
#include <cstddef>
#include <ctime>
#include <optional>
#include <string_view>

#include "hpserver/base/clock.h"

namespace hpserver::http {

// "Sun, 06 Nov 1994 08:49:37 GMT".
inline constexpr std::size_t kDateBytes = 29;

// Writes `time` as an IMF-fixdate to `out`, kDateBytes long. See: RFC 9110 section 5.6.7.
void render_date(std::time_t time, char* out) noexcept;

// Parses the three date formats of HTTP; nothing if the text is in none of them.
[[nodiscard]] std::optional<std::time_t> parse_date(std::string_view text) noexcept;

// The Date field for the current second, rendered once per second. One per loop.
class DateCache {
 public:
  // "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"; `now` is the time of the current turn.
  [[nodiscard]] std::string_view field(Deadline now) noexcept {
    if (now >= next_) refresh(now);
    return {text_.data(), text_.size()};
  }

  // The current second as a number.
  [[nodiscard]] std::time_t second(Deadline now) noexcept {
    if (now >= next_) refresh(now);
    return second_;
  }

 private:
  void refresh(Deadline now) noexcept;

  std::array<char, 6 + kDateBytes + 2> text_{};
  std::time_t second_ = 0;
  Deadline next_ = Deadline::min();
};

}  // namespace hpserver::http
