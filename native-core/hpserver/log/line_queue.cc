#include "hpserver/log/line_queue.h"

#include <utility>

#include "hpserver/log/lost_lines.h"
#include "hpserver/os/thread.h"

namespace hpserver {

LineQueue::LineQueue(std::unique_ptr<LineOutput> output, OnLost on_lost)
    : output_(std::move(output)), on_lost_(std::move(on_lost)) {}

LineQueue::~LineQueue() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  woken_.notify_one();
  if (writer_.joinable()) writer_.join();
}

Result<void> LineQueue::start(const std::string& thread_name) {
  auto writer = start_thread(thread_name, [this] { run(); });
  if (!writer) return writer.error();
  writer_ = std::move(*writer);
  const std::lock_guard lock(mutex_);
  is_started_ = true;
  return {};
}

void LineQueue::push(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (!is_started_) return output_->write(line);
  if (waiting_.size() + line.size() > kMaxBytes) {
    ++lost_count_;
    note_lost_lines(1);
    return;
  }
  const bool was_small = waiting_.size() < kWorthAWriteBytes;
  waiting_.append(line);
  if (was_small && waiting_.size() >= kWorthAWriteBytes) woken_.notify_one();
}

void LineQueue::run() {
  std::string lines;
  std::unique_lock lock(mutex_);
  while (!is_ending_ || !waiting_.empty()) {
    woken_.wait_for(lock, kFlushPeriod,
                    [this] { return is_ending_ || waiting_.size() >= kWorthAWriteBytes; });
    // Both buffers keep their capacity.
    lines.clear();
    lines.swap(waiting_);
    tell_losses(lock, Clock::now());
    if (lines.empty()) continue;
    lock.unlock();
    output_->write(lines);
    lock.lock();
  }
  tell_losses(lock, Deadline::max());
}

void LineQueue::tell_losses(std::unique_lock<std::mutex>& lock, Deadline now) {
  if (lost_count_ == 0 || now < tells_again_) return;
  tells_again_ = now == Deadline::max() ? now : now + kTellingPeriod;
  const std::uint64_t lost_count = std::exchange(lost_count_, 0);
  lock.unlock();
  on_lost_(lost_count);
  lock.lock();
}

}  // namespace hpserver
