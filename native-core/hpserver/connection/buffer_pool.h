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

// Memory for what connections must keep: partial requests, unsent answers. Blocks come in two
// sizes; at a size's limit `acquire` returns nullptr, and the connection that needed the block is
// closed.
class BufferPool {
 public:
  virtual ~BufferPool() = default;

  [[nodiscard]] virtual char* acquire(BlockSize size) noexcept = 0;
  virtual void release(char* block, BlockSize size) noexcept = 0;

  // Returns unused memory to the system, except what the pool began with, and returns the number of
  // bytes.
  virtual std::size_t shrink() noexcept = 0;
  // Whether the pool is larger than it was at the start.
  [[nodiscard]] virtual bool has_grown() const noexcept = 0;
  // Calls `grown`, on any of the pool's threads, when the pool has got more memory from the system;
  // `grown` must neither throw nor use the pool.
  virtual void on_growth(std::function<void()> grown) = 0;
};

// One pool per block size: LoopBuffers for one thread without a lock, SharedBuffers with a lock for
// all loops and workers of a server.
template <template <std::size_t> class Pool>
class BufferPoolOf final : public BufferPool {
 public:
  // The counts are for normal blocks; there are a quarter as many large ones.
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
