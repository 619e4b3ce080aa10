#include "hpserver/protocol/http/access/access_lines.h"

#include <chrono>
#include <utility>

namespace hpserver::http {

AccessLines::AccessLines(const AccessLinesOptions& options, std::unique_ptr<LineOutput> output,
                         LineQueue::OnLost on_lost)
    : options_(options), queue_(std::move(output), std::move(on_lost)) {}

void AccessLines::on_exchange(const AccessEntry& entry) {
  // Which ones are logged doesn't matter, only how many.
  if (options_.sample > 1 &&
      exchanges_.fetch_add(1, std::memory_order_relaxed) % options_.sample != 0) {
    return;
  }
  // Keeps its capacity, so no line costs an allocation.
  thread_local std::string line;
  line.clear();
  const auto began = std::chrono::system_clock::now() - entry.duration;
  options_.append(line, entry, {.began = began, .field_bytes = options_.field_bytes});
  queue_.push(line);
}

}  // namespace hpserver::http
