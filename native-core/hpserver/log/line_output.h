#pragma once

#include <cstddef>
#include <string_view>

namespace hpserver {

// Where whole lines are written, many at a time. One thread at a time.
class LineOutput {
 public:
  virtual ~LineOutput() = default;
  // Each line ends with '\n'. May block if the calling thread exists for that.
  virtual void write(std::string_view lines) = 0;
};

// Calls `take` for each line, without its '\n'.
template <typename Take>
void for_each_line(std::string_view lines, Take take) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    take(lines.substr(0, end));
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
}

}  // namespace hpserver
