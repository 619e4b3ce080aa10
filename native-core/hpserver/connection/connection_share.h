#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace hpserver {

// How many connections one process has open, and has had: its part of a server's counts. In shared
// memory, the other processes read it, and the parent gives back what a killed process had open.
struct ConnectionShare {
  std::atomic<std::size_t> open_count{0};
  std::atomic<std::uint64_t> accepted_count{0};
};

}  // namespace hpserver
