#include "hpserver/log/lost_lines.h"

#include <mutex>
#include <utility>

namespace hpserver {

namespace {

struct LossCounter {
  std::mutex mutex;
  std::function<void(std::uint64_t)> count;
};

// Never destroyed: logs may lose lines until the very end of a program.
LossCounter& loss_counter() {
  static auto* const counter = new LossCounter;
  return *counter;
}

}  // namespace

void count_lost_lines_by(std::function<void(std::uint64_t line_count)> count) {
  LossCounter& counter = loss_counter();
  const std::lock_guard lock(counter.mutex);
  counter.count = std::move(count);
}

void note_lost_lines(std::uint64_t line_count) {
  LossCounter& counter = loss_counter();
  const std::lock_guard lock(counter.mutex);
  if (counter.count) counter.count(line_count);
}

}  // namespace hpserver
