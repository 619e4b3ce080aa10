#include "addon/queue/inbox.h"

namespace hpserver::binding {

void Inbox::post(Notice notice) {
  const std::lock_guard lock(mutex_);
  if (wake_ == nullptr) return;
  notices_.push_back(notice);
  // If others are already waiting, the thread has been woken for them.
  if (notices_.size() == 1) wake_->wake();
}

void Inbox::wake() {
  const std::lock_guard lock(mutex_);
  if (wake_ != nullptr) wake_->wake();
}

void Inbox::take(std::vector<Notice>& notices) {
  notices.clear();
  const std::lock_guard lock(mutex_);
  notices.swap(notices_);
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  notices_.clear();
}

}  // namespace hpserver::binding
