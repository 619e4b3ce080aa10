#pragma once

#include <cassert>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include "hpserver/base/result.h"

namespace hpserver {

// Anonymous, zeroed memory that this process shares with those it forks from then on. Each process
// unmaps its own view; the last one frees the memory. See: mmap(2), MAP_SHARED.
class SharedMemory {
 public:
  // Errors: EINVAL (zero bytes, which mmap refuses), ENOMEM.
  static Result<SharedMemory> create(std::size_t size_bytes);

  SharedMemory() = default;
  SharedMemory(SharedMemory&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  SharedMemory& operator=(SharedMemory&& other) noexcept;
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory() { unmap(); }

  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }

 private:
  explicit SharedMemory(std::span<std::byte> bytes) noexcept : bytes_(bytes) {}
  void unmap() noexcept;

  std::span<std::byte> bytes_;
};

// A fixed number of values in shared memory. They are never destroyed, since no process can know
// that it is the last. A process may be killed at any instruction, so use lock-free atomics (a
// mutex would stay locked), and pointers only to what existed before the fork.
template <typename T>
class SharedArray {
  static_assert(std::is_trivially_destructible_v<T> && std::is_nothrow_default_constructible_v<T>);

 public:
  // Errors: those of SharedMemory::create.
  static Result<SharedArray> create(std::size_t count) {
    auto memory = SharedMemory::create(count * sizeof(T));
    if (!memory) return memory.error();
    return SharedArray(std::move(*memory), count);
  }

  [[nodiscard]] std::span<T> values() const noexcept { return values_; }
  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
  [[nodiscard]] T& operator[](std::size_t index) const noexcept {
    assert(index < size());
    return values_[index];
  }

 private:
  SharedArray(SharedMemory memory, std::size_t count) noexcept : memory_(std::move(memory)) {
    T* const first = reinterpret_cast<T*>(memory_.bytes().data());
    std::uninitialized_value_construct_n(first, count);
    values_ = {std::launder(first), count};
  }

  SharedMemory memory_;
  std::span<T> values_;
};

}  // namespace hpserver
