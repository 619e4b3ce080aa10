#include "addon/queue/request_queue.h"

#include <algorithm>
#include <utility>

#include "addon/queue/queued_request.h"

namespace hpserver::binding {

bool RequestQueue::reserve() noexcept {
  if (reserved_count_.fetch_add(1, std::memory_order_relaxed) < capacity_) return true;
  reserved_count_.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

void RequestQueue::push(QueueEntry entry) {
  std::shared_ptr<Inbox> sleeper;
  {
    const std::lock_guard lock(mutex_);
    entries_.push_back(std::move(entry));
    sleeper = take_sleeper();
  }
  if (sleeper != nullptr) sleeper->wake();
}

void RequestQueue::join(const std::shared_ptr<Inbox>& consumer) {
  {
    const std::lock_guard lock(mutex_);
    if (entries_.empty()) {
      sleepers_.push_back(consumer);
      return;
    }
  }
  consumer->wake();
}

void RequestQueue::leave(const std::shared_ptr<Inbox>& consumer) {
  std::shared_ptr<Inbox> other;
  {
    const std::lock_guard lock(mutex_);
    std::erase(sleepers_, consumer);
    // It may have been woken for what it does not take now.
    if (!entries_.empty()) other = take_sleeper();
  }
  if (other != nullptr) other->wake();
}

void RequestQueue::take(const std::shared_ptr<Inbox>& consumer, std::size_t max_count,
                        std::vector<QueueEntry>& entries) {
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

std::shared_ptr<Inbox> RequestQueue::take_sleeper() {
  if (sleepers_.empty()) return nullptr;
  auto sleeper = std::move(sleepers_.back());
  sleepers_.pop_back();
  return sleeper;
}

}  // namespace hpserver::binding
