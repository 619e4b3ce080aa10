#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

#include "hpserver/pool/block_pool.h"

namespace hpserver {

inline constexpr std::size_t kBlockBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kLargeBlockBytes = std::size_t{64} * 1024;

enum class BlockSize : std::uint8_t { normal, large };

// Where left-overs of connections go: partial requests, unsent answers. Two sizes of blocks; at the
// limit of a size `acquire` gives nullptr, and whoever wanted one closes its connection.
class BufferPool {
 public:
  virtual ~BufferPool() = default;

  [[nodiscard]] virtual char* acquire(BlockSize size) noexcept = 0;
  virtual void release(char* block, BlockSize size) noexcept = 0;

  // Returns what nobody uses to the system, but for what it began with: its bytes.
  virtual std::size_t shrink() noexcept = 0;
  // Whether there is more than it began with.
  [[nodiscard]] virtual bool has_grown() const noexcept = 0;
  // Has `grown` called, on any of the pool's threads, when it has got more from the system; it must
  // neither throw nor use the pool.
  virtual void on_growth(std::function<void()> grown) = 0;
};

// A pool of this kind per size: LoopBuffers for one thread without a lock, SharedBuffers for all
// loops and workers of a server, with one.
template <template <std::size_t> class Pool>
class BufferPoolOf final : public BufferPool {
 public:
  // The counts are those of normal blocks; of large ones there are a quarter as many.
  explicit BufferPoolOf(const PoolOptions& options)
      : initial_count_(options.initial_count),
        blocks_(options),
        large_blocks_({.initial_count = options.initial_count / 4,
                       .max_count = options.max_count / 4 + 1,
                       .growth_count = options.growth_count / 4 + 1}) {}

  [[nodiscard]] char* acquire(BlockSize size) noexcept override {
    return reinterpret_cast<char*>(size == BlockSize::large ? large_blocks_.acquire()
                                                            : blocks_.acquire());
  }
  void release(char* block, BlockSize size) noexcept override {
    auto* const bytes = reinterpret_cast<std::byte*>(block);
    if (size == BlockSize::large) {
      large_blocks_.release(bytes);
    } else {
      blocks_.release(bytes);
    }
  }

  std::size_t shrink() noexcept override {
    return blocks_.shrink() * kBlockBytes + large_blocks_.shrink() * kLargeBlockBytes;
  }
  [[nodiscard]] bool has_grown() const noexcept override {
    return blocks_.statistics().allocated_count > initial_count_ ||
           large_blocks_.statistics().allocated_count > initial_count_ / 4;
  }
  void on_growth(std::function<void()> grown) override {
    blocks_.on_growth(grown);
    large_blocks_.on_growth(std::move(grown));
  }

 private:
  const std::size_t initial_count_;
  Pool<kBlockBytes> blocks_;
  Pool<kLargeBlockBytes> large_blocks_;
};

using LoopBuffers = BufferPoolOf<BlockPool>;
using SharedBuffers = BufferPoolOf<SharedBlockPool>;

}  // namespace hpserver
