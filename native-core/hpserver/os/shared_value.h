#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/shared_memory.h"

namespace hpserver {

// A value that changes now and then, and that any thread may read, in this process and in those
// that it forks from then on. A sequence lock: readers take no lock and never delay a writer. See:
// Boehm, "Can seqlocks get along with programming language memory models?" (2012).
template <typename T>
class SharedValue {
  static_assert(std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T>);

 public:
  // Errors: those of SharedMemory::create.
  static Result<SharedValue> create() {
    auto cells = SharedArray<Cell>::create(1);
    if (!cells) return cells.error();
    return SharedValue(std::move(*cells));
  }

  // One thread of one process at a time.
  void set(const T& value) noexcept {
    std::array<std::uint64_t, kWords> words{};
    std::memcpy(words.data(), &value, sizeof value);
    Cell& cell = cells_[0];
    const std::uint32_t version = cell.version.load(std::memory_order_relaxed);
    cell.version.store(version + 1, std::memory_order_relaxed);
    for (std::size_t index = 0; index < kWords; ++index) {
      cell.words[index].store(words[index], std::memory_order_release);
    }
    cell.version.store(version + 2, std::memory_order_release);
  }

  // Twice the number of times the value was set; 0 if never.
  [[nodiscard]] std::uint32_t version() const noexcept {
    return cells_[0].version.load(std::memory_order_acquire);
  }

  // If the version is not `seen`, copies the value to `value` and its version to `seen`. Returns
  // false and leaves `value` alone if the version is the same, or if a writer is busy (or was
  // killed while it was writing).
  bool read_if_changed(std::uint32_t& seen, T& value) const noexcept {
    const Cell& cell = cells_[0];
    const std::uint32_t before = cell.version.load(std::memory_order_acquire);
    if (before == seen || before % 2 == 1) return false;
    std::array<std::uint64_t, kWords> words;
    for (std::size_t index = 0; index < kWords; ++index) {
      words[index] = cell.words[index].load(std::memory_order_acquire);
    }
    if (cell.version.load(std::memory_order_relaxed) != before) return false;
    std::memcpy(static_cast<void*>(&value), words.data(), sizeof value);
    seen = before;
    return true;
  }

 private:
  static constexpr std::size_t kWords =
      (sizeof(T) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);

  struct Cell {
    std::atomic<std::uint32_t> version{0};  // odd while it is being written
    std::array<std::atomic<std::uint64_t>, kWords> words{};
  };

  explicit SharedValue(SharedArray<Cell> cells) noexcept : cells_(std::move(cells)) {}

  SharedArray<Cell> cells_;
};

// A copy of the latest version of a SharedValue; older copies stay valid. One thread.
template <typename T>
class Latest {
 public:
  // If `changes` is null or was never set, the value is `first`.
  Latest(const T& first, std::shared_ptr<const SharedValue<T>> changes)
      : value_(std::make_shared<const T>(first)), changes_(std::move(changes)) {}

  // Copies the value if it has changed.
  const std::shared_ptr<const T>& get() {
    if (changes_ != nullptr && changes_->version() != seen_) [[unlikely]]
      renew();
    return value_;
  }

 private:
  void renew() {
    T value;
    if (changes_->read_if_changed(seen_, value)) value_ = std::make_shared<const T>(value);
  }

  std::shared_ptr<const T> value_;
  std::shared_ptr<const SharedValue<T>> changes_;
  std::uint32_t seen_ = 0;
};

}  // namespace hpserver
