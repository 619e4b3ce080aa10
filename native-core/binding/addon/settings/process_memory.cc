#include "addon/settings/process_memory.h"

#include <mutex>

namespace hpserver::binding {

namespace {

std::mutex mutex;

// Never destroyed: the last bytes sent may be given back while the process exits.
std::shared_ptr<MemoryBudget>& slot() {
  static auto* const budget = new std::shared_ptr<MemoryBudget>;
  return *budget;
}

}  // namespace

std::shared_ptr<MemoryBudget> process_memory(std::uint64_t max_bytes) {
  const std::lock_guard lock(mutex);
  if (slot() == nullptr) slot() = std::make_shared<MemoryBudget>(max_bytes);
  return slot();
}

MemoryBudget* process_memory() noexcept {
  const std::lock_guard lock(mutex);
  return slot().get();
}

}  // namespace hpserver::binding
