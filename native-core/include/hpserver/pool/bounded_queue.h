#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>

namespace hpserver {

// A request queue between threads: any number put in, any number take out, at most `Capacity` wait.
// A full queue refuses at once, since the caller has something better to do than to block (answer
// 503). Holds its places itself: allocate a large one on the heap. See: POSA2,
// Half-Sync/Half-Async.
template <typename T, std::size_t Capacity>
class BoundedQueue {
  static_assert(Capacity > 0);

 public:
  BoundedQueue() = default;
  BoundedQueue(const BoundedQueue&) = delete;
  BoundedQueue& operator=(const BoundedQueue&) = delete;

  // Appends, or returns false when the queue is full or closed: `item` is then left as it was.
  [[nodiscard]] bool try_push(T&& item) {
    {
      const std::lock_guard lock{mutex_};
      if (closed_ || count_ == Capacity) return false;
      places_[(first_ + count_) % Capacity].emplace(std::move(item));
      ++count_;
    }
    not_empty_.notify_one();
    return true;
  }
  [[nodiscard]] bool try_push(const T& item) { return try_push(T{item}); }

  // The oldest item. Blocks while the queue is empty and open; nothing once it is empty and closed.
  [[nodiscard]] std::optional<T> pop() {
    std::unique_lock lock{mutex_};
    not_empty_.wait(lock, [this] { return count_ > 0 || closed_; });
    return take_first();
  }

  // The same, but nothing after `limit`, too.
  [[nodiscard]] std::optional<T> pop_for(std::chrono::milliseconds limit) {
    std::unique_lock lock{mutex_};
    not_empty_.wait_for(lock, limit, [this] { return count_ > 0 || closed_; });
    return take_first();
  }

  // The oldest item, if there is one. Never blocks for long.
  [[nodiscard]] std::optional<T> try_pop() {
    const std::lock_guard lock{mutex_};
    return take_first();
  }

  // Refuses further items and wakes everyone who waits; what is queued can still be taken.
  void close() {
    {
      const std::lock_guard lock{mutex_};
      closed_ = true;
    }
    not_empty_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const std::lock_guard lock{mutex_};
    return closed_;
  }
  [[nodiscard]] std::size_t size() const {
    const std::lock_guard lock{mutex_};
    return count_;
  }
  [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }

 private:
  std::optional<T> take_first() {
    if (count_ == 0) return std::nullopt;
    std::optional<T>& place = places_[first_];
    std::optional<T> item{std::move(*place)};
    place.reset();
    first_ = (first_ + 1) % Capacity;
    --count_;
    return item;
  }

  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::array<std::optional<T>, Capacity> places_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  bool closed_ = false;
};

}  // namespace hpserver
