#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/connection/channel.h"

namespace hpserver::frame {

inline constexpr std::size_t kLongestLine = 100;

// Reads lines as the author of a line protocol would.
class Lines {
 public:
  enum class Outcome : std::uint8_t { more, frame, refused };
  struct Fed {
    Outcome outcome = Outcome::more;
    std::size_t consumed_bytes = 0;
  };

  Fed feed(std::string_view bytes) {
    if (idle_) line_.clear();
    idle_ = false;
    const std::size_t end = bytes.find('\n');
    line_.append(bytes.substr(0, end));
    if (line_.size() > kLongestLine) return {Outcome::refused, bytes.size()};
    if (end == std::string_view::npos) return {Outcome::more, bytes.size()};
    idle_ = true;
    return {Outcome::frame, end + 1};
  }
  [[nodiscard]] std::string_view frame() const { return line_; }
  [[nodiscard]] bool idle() const { return idle_; }

 private:
  std::string line_;
  bool idle_ = true;
};

inline void write_line(Channel& channel, std::string_view line) {
  channel.write(line);
  channel.write("\n");
}

}  // namespace hpserver::frame
