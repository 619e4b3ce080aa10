#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/net/segment.h"
#include "hpserver/pool/block_pool.h"

namespace hpserver {

inline constexpr std::size_t kBlockBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kLargeBlockBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kReceiveBytes = kLargeBlockBytes;
inline constexpr std::size_t kCorkBytes = std::size_t{64} * 1024;

class Connection;
class OutputQueue;

// Where the answers of one batch are gathered, so that they leave with one send. It belongs to one
// queue at a time; others append to blocks of their own meanwhile.
struct Cork {
  std::unique_ptr<std::array<char, kCorkBytes>> bytes =
      std::make_unique<std::array<char, kCorkBytes>>();
  std::size_t used_bytes = 0;
  // What lies before this is a segment of the owner's list already; the rest trails the list.
  std::size_t sealed_bytes = 0;
  const OutputQueue* owner = nullptr;

  [[nodiscard]] char* end() noexcept { return bytes->data() + used_bytes; }
  [[nodiscard]] const char* trailing() const noexcept { return bytes->data() + sealed_bytes; }
  [[nodiscard]] std::size_t trailing_bytes() const noexcept { return used_bytes - sealed_bytes; }
  [[nodiscard]] std::size_t room_bytes() const noexcept { return kCorkBytes - used_bytes; }
};

// What an executor (a loop, a worker thread) lends to the connection that it is working on: the
// buffer that is received into and the one that answers are gathered in. Since connections keep
// only what is left over, one that idles holds no buffer at all. One executor, one workspace;
// a connection leaves nothing in it when the executor turns to the next.
struct Workspace {
  // At most `max_blocks` small blocks and a quarter as many large ones are ever allocated.
  explicit Workspace(std::size_t max_blocks)
      : blocks({.max_count = max_blocks}), large_blocks({.max_count = max_blocks / 4 + 1}) {}

  std::unique_ptr<std::array<char, kReceiveBytes>> receive =
      std::make_unique<std::array<char, kReceiveBytes>>();
  Cork cork;
  // Where a broken connection's last words go.
  std::unique_ptr<std::array<char, kBlockBytes>> discarded =
      std::make_unique<std::array<char, kBlockBytes>>();
  // Who is being worked on. Another one may be given output meanwhile, but not be read from.
  const Connection* working = nullptr;

  // Where left-overs go: partial requests, unsent answers.
  BlockPool<kBlockBytes> blocks;
  BlockPool<kLargeBlockBytes> large_blocks;
  std::vector<std::unique_ptr<SegmentList>> spare_lists;
};

}  // namespace hpserver
