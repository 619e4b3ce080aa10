#include "hpserver/concurrency/thread_set.h"

#include <cassert>
#include <utility>

namespace hpserver {

ThreadSet::Role ThreadSet::join() {
  std::unique_lock lock(mutex_);
  followers_.wait(lock, [this] { return closed_ || !handed_off_.empty() || !has_leader_; });
  if (!handed_off_.empty()) {
    Connection* const connection = handed_off_.front();
    handed_off_.pop_front();
    return connection;
  }
  if (closed_) return Closed{};
  has_leader_ = true;
  return Leader{};
}

void ThreadSet::hand_off(std::span<Connection* const> connections) {
  if (connections.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    handed_off_.insert(handed_off_.end(), connections.begin(), connections.end());
  }
  for (std::size_t count = 0; count < connections.size(); ++count) followers_.notify_one();
}

void ThreadSet::promote_new_leader() {
  {
    const std::lock_guard lock(mutex_);
    assert(has_leader_);
    has_leader_ = false;
  }
  followers_.notify_one();
}

bool ThreadSet::closed() {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void ThreadSet::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  followers_.notify_all();
}

}  // namespace hpserver
