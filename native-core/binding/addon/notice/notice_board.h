#pragma once

#include <string>
#include <vector>

namespace hpserver::binding {

// Notices of native code for the log of the process, until JavaScript takes them. Bounded: if there
// is no room, a notice is dropped, since others like it are already there. Any thread.
class NoticeBoard {
 public:
  static void put(std::string notice);
  [[nodiscard]] static std::vector<std::string> take();
};

}  // namespace hpserver::binding
