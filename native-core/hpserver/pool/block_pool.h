#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace hpserver {

struct PoolOptions {
  // Allocated at once, and kept by `shrink`. Equal to the maximum: fully allocated, never grows.
  std::size_t initial_count = 0;
  // The cap: at it, acquire returns nullptr.
  std::size_t max_count = 65536;
  // How many are allocated at a time when it grows.
  std::size_t growth_count = 32;
};

// What a pool holds, and whether all came back.
struct PoolStatistics {
  std::size_t allocated_count = 0;  // what the pool has from the system
  std::size_t in_use_count = 0;     // what users have from the pool: 0 at the end, else a leak
  std::size_t peak_count = 0;       // the most that were in use at once
  std::size_t refused_count = 0;    // how often the cap stood in the way
};

// Blocks of one size in slabs: the part of a BlockPool that doesn't depend on its type.
class BlockStore {
 public:
  BlockStore(std::size_t block_bytes, const PoolOptions& options);
  ~BlockStore();
  BlockStore(const BlockStore&) = delete;
  BlockStore& operator=(const BlockStore&) = delete;

  [[nodiscard]] std::byte* acquire() noexcept;
  void release(std::byte* block) noexcept;
  std::size_t shrink() noexcept;
  void on_growth(std::function<void()> grown) { grown_ = std::move(grown); }
  [[nodiscard]] const PoolStatistics& statistics() const noexcept { return statistics_; }

 private:
  // A free block holds the link to the next.
  struct FreeBlock {
    FreeBlock* next;
  };

  // One allocation of the system.
  struct Slab {
    struct Free {
      void operator()(std::byte* memory) const noexcept;
    };
    std::unique_ptr<std::byte, Free> memory;
    std::size_t block_count = 0;
    bool initial = false;
    // For `shrink` alone.
    std::size_t free_count = 0;
    bool idle = false;
  };

  [[nodiscard]] bool grow(std::size_t block_count) noexcept;
  [[nodiscard]] std::vector<Slab>::iterator first_slab_after(const void* memory) noexcept;
  [[nodiscard]] Slab& slab_of(const void* block) noexcept;
  void push(std::byte* block) noexcept;
  [[nodiscard]] std::byte* pop() noexcept;
  [[nodiscard]] static FreeBlock* next_of(FreeBlock* block) noexcept;
  static void link(FreeBlock* block, FreeBlock* next) noexcept;
  void unlink_idle_blocks() noexcept;

  const std::size_t stride_bytes_;
  const PoolOptions options_;
  FreeBlock* free_ = nullptr;
  std::vector<Slab> slabs_;  // ordered by address
  PoolStatistics statistics_;
  std::function<void()> grown_;
};

// Memory in blocks of `Size` bytes, without malloc: the last released is the next acquired, while
// it is still in the cache. Blocks are aligned like malloc's, and to a cache line if Size is a
// multiple of 64. Owned by one loop, one thread; SharedBlockPool is for several. Asserts at its end
// that every block came back; the address sanitizer sees uses after release.
template <std::size_t Size>
class BlockPool {
 public:
  static constexpr std::size_t kBlockBytes = Size;

  explicit BlockPool(const PoolOptions& options = {}) : store_(Size, options) {}

  // A block of Size bytes, which the caller owns until `release`; nullptr at the cap, or when the
  // system has no memory.
  [[nodiscard]] std::byte* acquire() noexcept { return store_.acquire(); }

  // Takes back what `acquire` of this pool gave; nullptr is ignored.
  void release(std::byte* block) noexcept { store_.release(block); }

  // Returns slabs to the system that nobody uses, but for the initial ones, and tells how many
  // blocks that were. Walks all free blocks: for idle times.
  std::size_t shrink() noexcept { return store_.shrink(); }
  // Has `grown` called whenever it has got a further slab, which `shrink` may give back one day.
  void on_growth(std::function<void()> grown) { store_.on_growth(std::move(grown)); }

  [[nodiscard]] const PoolStatistics& statistics() const noexcept { return store_.statistics(); }

 private:
  BlockStore store_;
};

// A BlockPool for many threads: every call takes a lock, so prefer a pool per loop.
template <std::size_t Size>
class SharedBlockPool {
 public:
  static constexpr std::size_t kBlockBytes = Size;

  explicit SharedBlockPool(const PoolOptions& options = {}) : pool_(options) {}

  [[nodiscard]] std::byte* acquire() noexcept {
    const std::lock_guard lock{mutex_};
    return pool_.acquire();
  }
  void release(std::byte* block) noexcept {
    const std::lock_guard lock{mutex_};
    pool_.release(block);
  }
  std::size_t shrink() noexcept {
    const std::lock_guard lock{mutex_};
    return pool_.shrink();
  }
  // `grown` is called under the lock: it must not use the pool.
  void on_growth(std::function<void()> grown) {
    const std::lock_guard lock{mutex_};
    pool_.on_growth(std::move(grown));
  }
  [[nodiscard]] PoolStatistics statistics() const noexcept {
    const std::lock_guard lock{mutex_};
    return pool_.statistics();
  }

 private:
  mutable std::mutex mutex_;
  BlockPool<Size> pool_;
};

}  // namespace hpserver
