#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "addon/queue/inbox.h"
#include "hpserver/connection/overload/load_shedder.h"
#include "hpserver/event/meter.h"

namespace hpserver::binding {

// The queue between native threads, which read and write, and JavaScript threads, which process.
// Bounded: if it is full, the producer refuses the entry. Any thread.
// See: POSA2, Half-Sync/Half-Async.
template <typename Entry>
class WorkQueue {
 public:
  // `shedder`: decides whether entries that have waited may still be begun; null: always.
  explicit WorkQueue(std::size_t capacity, std::shared_ptr<LoadShedder> shedder = nullptr)
      : capacity_(capacity), shedder_(std::move(shedder)) {}

  [[nodiscard]] LoadShedder* shedder() const noexcept { return shedder_.get(); }

  // Sets who counts the entries; null: no one. Call it before the first entry; the meter must
  // outlive the queue.
  void count_with(Meter* meter) noexcept { meter_ = meter; }
  [[nodiscard]] Meter* meter() const noexcept { return meter_; }

  // Reserves a place. False: none is free.
  [[nodiscard]] bool reserve() noexcept {
    if (reserved_count_.fetch_add(1, std::memory_order_relaxed) < capacity_) return true;
    reserved_count_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }

  // Puts an entry into a reserved place, and wakes a sleeping thread, if there is one.
  void push(Entry entry) {
    if (meter_ != nullptr) meter_->queued();
    std::shared_ptr<Inbox> sleeper;
    {
      const std::lock_guard lock(mutex_);
      entries_.push_back(std::move(entry));
      sleeper = take_sleeper();
    }
    if (sleeper != nullptr) sleeper->wake();
  }

  // A JavaScript thread takes entries from now on until `leave`.
  void join(const std::shared_ptr<Inbox>& consumer) {
    {
      const std::lock_guard lock(mutex_);
      if (entries_.empty()) {
        sleepers_.push_back(consumer);
        return;
      }
    }
    consumer->wake();
  }
  void leave(const std::shared_ptr<Inbox>& consumer) {
    std::shared_ptr<Inbox> other;
    {
      const std::lock_guard lock(mutex_);
      std::erase(sleepers_, consumer);
      // It may have been woken for an entry that it doesn't take now.
      if (!entries_.empty()) other = take_sleeper();
    }
    if (other != nullptr) other->wake();
  }

  // Takes the oldest entries, at most `max_count`. If there are none, the consumer is woken for the
  // next.
  void take(const std::shared_ptr<Inbox>& consumer, std::size_t max_count,
            std::vector<Entry>& entries) {
    std::shared_ptr<Inbox> other;
    {
      const std::lock_guard lock(mutex_);
      const std::size_t count = std::min(max_count, entries_.size());
      const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(count);
      entries.assign(std::make_move_iterator(entries_.begin()), std::make_move_iterator(end));
      entries_.erase(entries_.begin(), end);
      if (count == 0) {
        if (std::find(sleepers_.begin(), sleepers_.end(), consumer) == sleepers_.end()) {
          sleepers_.push_back(consumer);
        }
      } else if (!entries_.empty()) {
        other = take_sleeper();
      }
      reserved_count_.fetch_sub(count, std::memory_order_relaxed);
    }
    if (other != nullptr) other->wake();
  }

 private:
  // The thread that fell asleep last has the warmest caches.
  [[nodiscard]] std::shared_ptr<Inbox> take_sleeper() {
    if (sleepers_.empty()) return nullptr;
    auto sleeper = std::move(sleepers_.back());
    sleepers_.pop_back();
    return sleeper;
  }

  const std::size_t capacity_;
  Meter* meter_ = nullptr;
  const std::shared_ptr<LoadShedder> shedder_;
  std::atomic<std::size_t> reserved_count_{0};
  std::mutex mutex_;
  std::deque<Entry> entries_;
  std::vector<std::shared_ptr<Inbox>> sleepers_;
};

}  // namespace hpserver::binding
