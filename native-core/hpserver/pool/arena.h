#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include "hpserver/pool/block_pool.h"
#include "hpserver/pool/poison.h"

namespace hpserver {

// Memory for one request, or one turn of a loop: allocated in small pieces that aren't freed one by
// one; `reset` frees all of it at once, in one step per block. Objects in it must not need a
// destructor.
//
// `Pool` is a loop's own BlockPool. An arena has one owner at a time and takes no lock; there is no
// shared arena, since threads filling the same one would wait for each other at every piece.
// Threads share the pool below instead, a SharedBlockPool, which locks once per block. So one
// thread may fill an arena and another reset it after a hand-over.
template <typename Pool>
class Arena {
  // Blocks in use, newest first.
  struct Block {
    Block* older;
  };
  static_assert(Pool::kBlockBytes >= 4 * sizeof(Block));

 public:
  // The largest piece: a block minus its link. Allocate anything larger as a block of its own.
  static constexpr std::size_t kMaxPieceBytes = Pool::kBlockBytes - alignof(std::max_align_t);

  // The pool must outlive the arena, which holds no block before its first piece.
  explicit Arena(Pool& pool) noexcept : pool_(pool) {}
  ~Arena() { reset(); }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Uninitialised memory, valid until `reset`; nullptr beyond kMaxPieceBytes, and at the pool's
  // cap. `alignment` is a power of two, at most malloc's.
  [[nodiscard]] void* allocate(std::size_t size_bytes,
                               std::size_t alignment = alignof(std::max_align_t)) noexcept {
    if (size_bytes > kMaxPieceBytes) return nullptr;
    std::size_t begin = aligned(used_bytes_, alignment);
    if (block_ == nullptr || begin + size_bytes > Pool::kBlockBytes) {
      if (!add_block()) return nullptr;
      begin = aligned(used_bytes_, alignment);
    }
    std::byte* const piece = reinterpret_cast<std::byte*>(block_) + begin;
    used_bytes_ = begin + size_bytes;
    allocated_bytes_ += size_bytes;
    unpoison(piece, size_bytes);
    return piece;
  }

  // Creates a T, whose destructor is never called; nullptr as above.
  template <typename T, typename... Arguments>
  [[nodiscard]] T* create(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= alignof(std::max_align_t));
    void* const place = allocate(sizeof(T), alignof(T));
    if (place == nullptr) return nullptr;
    return new (place) T{std::forward<Arguments>(arguments)...};
  }

  // Returns a copy of `text`; its `data()` is null if there is no memory for it.
  [[nodiscard]] std::string_view copy(std::string_view text) noexcept {
    char* const bytes = static_cast<char*>(allocate(text.size(), 1));
    if (bytes == nullptr) return {};
    std::copy(text.begin(), text.end(), bytes);
    return {bytes, text.size()};
  }

  // Frees everything: all blocks go back to the pool, which keeps them for the next arena.
  void reset() noexcept {
    while (block_ != nullptr) {
      Block* const older = block_->older;
      unpoison(block_, Pool::kBlockBytes);
      pool_.release(reinterpret_cast<std::byte*>(block_));
      block_ = older;
    }
    used_bytes_ = 0;
    allocated_bytes_ = 0;
  }

  // Bytes requested since the last reset.
  [[nodiscard]] std::size_t allocated_bytes() const noexcept { return allocated_bytes_; }

 private:
  [[nodiscard]] static constexpr std::size_t aligned(std::size_t offset,
                                                     std::size_t alignment) noexcept {
    return (offset + alignment - 1) & ~(alignment - 1);
  }

  [[nodiscard]] bool add_block() noexcept {
    std::byte* const memory = pool_.acquire();
    if (memory == nullptr) return false;
    block_ = new (memory) Block{block_};
    used_bytes_ = sizeof(Block);
    poison(memory + used_bytes_, Pool::kBlockBytes - used_bytes_);
    return true;
  }

  Pool& pool_;
  Block* block_ = nullptr;
  std::size_t used_bytes_ = 0;  // in the newest block, including its link
  std::size_t allocated_bytes_ = 0;
};

}  // namespace hpserver
