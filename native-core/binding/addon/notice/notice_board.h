#pragma once

#include <string>
#include <vector>

namespace hpserver::binding {

// What native code has to say in the log of the process, until JavaScript takes it from here.
// Bounded: a notice that finds no room is dropped, since others like it are there. Any thread.
class NoticeBoard {
 public:
  static void put(std::string notice);
  [[nodiscard]] static std::vector<std::string> take();
};

}  // namespace hpserver::binding
