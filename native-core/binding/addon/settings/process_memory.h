#pragma once

#include <cstdint>
#include <memory>

#include "hpserver/connection/memory_budget.h"

namespace hpserver::binding {

// The budget of this process, which all its servers and JavaScript threads share: the first one to
// ask for it says how much it is. Any thread.
[[nodiscard]] std::shared_ptr<MemoryBudget> process_memory(std::uint64_t max_bytes);
// The same, once it is there; null before. What it leads to is never destroyed.
[[nodiscard]] MemoryBudget* process_memory() noexcept;

}  // namespace hpserver::binding
