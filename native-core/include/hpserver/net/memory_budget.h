#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace hpserver {

// What all connections of a process may buffer together, beyond the little that each always may:
// bodies that are gathered, answers that their clients have yet to read. Without it, a client per
// connection could make the server hold the longest body once more. Any thread.
class MemoryBudget {
 public:
  // So much each connection may always have: whoever wants little is served though others have used
  // the budget up.
  static constexpr std::uint64_t kFreeBytes = std::uint64_t{64} * 1024;

  explicit MemoryBudget(std::uint64_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  // False, and nothing taken, where that would be too much.
  [[nodiscard]] bool take(std::uint64_t bytes) noexcept {
    if (used_bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= max_bytes_) return true;
    give_back(bytes);
    return false;
  }
  void give_back(std::uint64_t bytes) noexcept {
    used_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t used_bytes() const noexcept {
    return used_bytes_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t max_bytes() const noexcept { return max_bytes_; }

 private:
  const std::uint64_t max_bytes_;
  std::atomic<std::uint64_t> used_bytes_{0};
};

// What one buffer has taken of a budget, and gives back with its end. Without a budget it may take
// whatever it wants. For one thread at a time.
class MemoryClaim {
 public:
  MemoryClaim() = default;
  MemoryClaim(MemoryClaim&& other) noexcept
      : budget_(std::exchange(other.budget_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  MemoryClaim& operator=(MemoryClaim&& other) noexcept {
    if (this == &other) return *this;
    reset();
    budget_ = std::exchange(other.budget_, nullptr);
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
  }
  ~MemoryClaim() { reset(); }

  // From now on so many bytes in all, of `budget`, which outlives the claim; null: there is none.
  // False, and as before, where that is too much.
  [[nodiscard]] bool grow_to(MemoryBudget* budget, std::uint64_t bytes) noexcept {
    if (budget == nullptr || bytes <= bytes_) return true;
    if (!budget->take(bytes - bytes_)) return false;
    budget_ = budget;
    bytes_ = bytes;
    return true;
  }
  void reset() noexcept {
    if (budget_ != nullptr) budget_->give_back(bytes_);
    budget_ = nullptr;
    bytes_ = 0;
  }

 private:
  MemoryBudget* budget_ = nullptr;
  std::uint64_t bytes_ = 0;
};

}  // namespace hpserver
