#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace hpserver {

// Limits what all connections of a process may buffer together (gathered request bodies, unread
// answers), beyond a small free amount for each. Without it, each client could make the server hold
// another body of maximum size. Any thread.
class MemoryBudget {
 public:
  // The free amount of each connection: small requests are served even if others have used up the
  // budget.
  static constexpr std::uint64_t kFreeBytes = std::uint64_t{64} * 1024;

  explicit MemoryBudget(std::uint64_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  // False, and nothing is taken, if that would exceed the budget.
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

  // Calls `risen` on the first `take`, and on the first `take` after each `fall`, so a watcher can
  // later return freed memory, which otherwise stays with the allocator. `risen` must neither throw
  // nor use the budget, and may run on any thread; if `risen` returns false, the next `take` calls
  // it again. Only one of several watchers is called; if that one leaves before the fall, another
  // is called.
  void watch(const void* watcher, std::function<bool()> risen) {
    const std::lock_guard lock(mutex_);
    watchers_.push_back({watcher, std::move(risen)});
    if (has_risen()) tell();
  }
  // From now on, this watcher's `risen` isn't called.
  void unwatch(const void* watcher) {
    const std::lock_guard lock(mutex_);
    std::erase_if(watchers_, [&](const Watcher& one) { return one.who == watcher; });
    if (has_risen()) tell();
  }
  [[nodiscard]] bool has_risen() const noexcept { return has_risen_; }
  // True once after each rise, when everything has been given back.
  [[nodiscard]] bool fall() noexcept {
    if (used_bytes() > 0 || !has_risen_.exchange(false)) return false;
    if (used_bytes() == 0) return true;
    // Memory was taken meanwhile, perhaps by a thread that saw the old rise.
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
  std::mutex mutex_;  // held while a watcher is called, so none is called after it leaves
  std::vector<Watcher> watchers_;
};

// What one buffer has taken from a budget; its destructor gives it back. Without a budget, there is
// no limit. One thread at a time.
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

  // Raises the total to `bytes` of `budget`, which must outlive the claim; null: there is no
  // budget. Returns false, and changes nothing, if that would exceed the budget.
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
