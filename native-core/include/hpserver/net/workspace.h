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

// What an executor (a loop, a worker thread) lends to the connection that it is working on: the
// buffer that is received into and the one that answers are gathered in. Since connections keep
// only what is left over, one that idles holds no buffer at all. One executor, one workspace;
// a connection leaves nothing in it when the executor turns to the next.
struct Workspace {
  explicit Workspace(std::size_t max_blocks)
      : blocks({.capacity_count = max_blocks}), large_blocks({.capacity_count = max_blocks / 4 + 1}) {}

  std::unique_ptr<std::array<char, kReceiveBytes>> receive =
      std::make_unique<std::array<char, kReceiveBytes>>();
  std::unique_ptr<std::array<char, kCorkBytes>> cork =
      std::make_unique<std::array<char, kCorkBytes>>();
  std::size_t cork_used_bytes = 0;

  // Where left-overs go: partial requests, unsent answers.
  BlockPool<kBlockBytes> blocks;
  BlockPool<kLargeBlockBytes> large_blocks;
  std::vector<std::unique_ptr<SegmentList>> spare_lists;
};

}  // namespace hpserver
