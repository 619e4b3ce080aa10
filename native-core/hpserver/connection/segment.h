#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "hpserver/os/fd.h"

namespace hpserver {

// An open file that several answers send from; closed when the last of them is done.
struct SharedFile {
  Fd fd;
};

// One piece of queued output.
struct Segment {
  enum class Kind : std::uint8_t {
    cork,    // bytes in the workspace: sent, or copied to blocks before the executor moves on
    block,   // bytes in a pool block that the queue owns
    shared,  // bytes that `owner` keeps alive
    file,    // a range of an open file, sent by sendfile(2) and never seen by us
  };

  Kind kind = Kind::cork;
  const char* bytes = nullptr;  // cork, block, shared: the first unsent byte
  std::uint64_t length_bytes = 0;
  off_t file_offset = 0;
  // A shared_ptr on purpose: an answer outlives the handler that queued it, and one cached file or
  // buffer serves many answers at once.
  std::shared_ptr<const void> owner;
  int file_fd = -1;       // file: the descriptor inside `owner`
  char* block = nullptr;  // block: to be returned to the pool
  bool open = false;      // block: reserved, not yet committed
  bool claimed = false;   // block: counted in the budget
};

// A FIFO that drops its head lazily: an index instead of shifting.
struct SegmentList {
  std::vector<Segment> segments;
  std::size_t first = 0;

  [[nodiscard]] bool empty() const noexcept { return first == segments.size(); }
  [[nodiscard]] Segment& front() noexcept { return segments[first]; }
};

}  // namespace hpserver
