#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

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
    if (used_bytes_.fetch_add(bytes) + bytes > max_bytes_) {
      give_back(bytes);
      return false;
    }
    if (!has_risen()) rise();
    return true;
  }
  void give_back(std::uint64_t bytes) noexcept {
    used_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  }

  // Has `risen` called when bytes are taken for the first time, and for the first time after each
  // `fall`: what is freed of them stays with the allocator until somebody has it returned. It must
  // neither throw nor use the budget, and is called on any thread; false: the next taking asks
  // again. One of several watchers is told; if it leaves before the fall, another one is.
  void watch(const void* watcher, std::function<bool()> risen) {
    const std::lock_guard lock(mutex_);
    watchers_.push_back({watcher, std::move(risen)});
    if (has_risen()) tell();
  }
  // Its `risen` is not called from now on.
  void unwatch(const void* watcher) {
    const std::lock_guard lock(mutex_);
    std::erase_if(watchers_, [&](const Watcher& one) { return one.who == watcher; });
    if (has_risen()) tell();
  }
  [[nodiscard]] bool has_risen() const noexcept { return has_risen_; }
  // True once after each rise, when nothing is in use any more.
  [[nodiscard]] bool fall() noexcept {
    if (used_bytes() > 0 || !has_risen_.exchange(false)) return false;
    if (used_bytes() == 0) return true;
    // Taken meanwhile, by somebody who may have seen the old rise.
    has_risen_ = true;
    return false;
  }

  [[nodiscard]] std::uint64_t used_bytes() const noexcept { return used_bytes_; }
  [[nodiscard]] std::uint64_t max_bytes() const noexcept { return max_bytes_; }

 private:
  struct Watcher {
    const void* who;
    std::function<bool()> risen;
  };

  void rise() noexcept {
    if (has_risen_.exchange(true)) return;
    const std::lock_guard lock(mutex_);
    tell();
  }

  // Under the lock.
  void tell() {
    if (watchers_.empty() || !watchers_.back().risen()) has_risen_ = false;
  }

  const std::uint64_t max_bytes_;
  std::atomic<std::uint64_t> used_bytes_{0};
  std::atomic<bool> has_risen_{false};
  std::mutex mutex_;  // held while a watcher is told: who leaves has seen its last call
  std::vector<Watcher> watchers_;
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
