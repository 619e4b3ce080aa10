#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace hpserver {

struct PoolOptions {
  // Allocated at once, and kept by `shrink`. If equal to the maximum, the pool never grows.
  std::size_t initial_count = 0;
  // The cap, beyond which `acquire` returns nullptr.
  std::size_t max_count = 65536;
  // How many blocks are allocated at a time when it grows.
  std::size_t growth_count = 32;
};

// Counts the blocks of a pool, and so reveals leaks.
struct PoolStatistics {
  std::size_t allocated_count = 0;  // allocated from the system
  std::size_t in_use_count = 0;     // held by users: 0 at the end, else a leak
  std::size_t peak_count = 0;       // the most that were in use at once
  std::size_t refused_count = 0;    // how many times the cap was hit
};

// Blocks of one size in slabs: the part of BlockPool that doesn't depend on its type.
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
  // A free block links to the next.
  struct FreeBlock {
    FreeBlock* next;
  };

  // One allocation from the system.
  struct Slab {
    struct Free {
      void operator()(std::byte* memory) const noexcept;
    };
    std::unique_ptr<std::byte, Free> memory;
    std::size_t block_count = 0;
    bool initial = false;
    // Used only by `shrink`.
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

// Blocks of `Size` bytes without malloc: the most recently released block is acquired next, while
// it is still in the cache. Blocks are aligned as malloc's are, and to cache lines if Size is a
// multiple of 64. Belongs to one loop, one thread; SharedBlockPool is for several. Its destructor
// asserts that every block was released; the address sanitizer detects uses after release.
template <std::size_t Size>
class BlockPool {
 public:
  static constexpr std::size_t kBlockBytes = Size;

  explicit BlockPool(const PoolOptions& options = {}) : store_(Size, options) {}

  // Returns a block of Size bytes, owned by the caller until `release`; nullptr at the cap, or if
  // the system has no memory.
  [[nodiscard]] std::byte* acquire() noexcept { return store_.acquire(); }

  // Takes back a block acquired from this pool; ignores nullptr.
  void release(std::byte* block) noexcept { store_.release(block); }

  // Returns unused slabs to the system, except the initial ones, and returns how many blocks that
  // freed. Walks all free blocks, so call it when idle.
  std::size_t shrink() noexcept { return store_.shrink(); }
  // Calls `grown` whenever the pool has allocated another slab, which `shrink` may later free.
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
  // Calls `grown` under the lock, so it must not use the pool.
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
