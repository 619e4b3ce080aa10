#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

// What the tests of this room share.
namespace hpserver::testing {

// Of this process, with the one that counts them.
inline std::size_t open_descriptor_count() {
  const std::filesystem::directory_iterator open("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

}  // namespace hpserver::testing
