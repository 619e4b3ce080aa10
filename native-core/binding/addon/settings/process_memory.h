#pragma once

#include <cstdint>
#include <memory>

#include "hpserver/connection/memory_budget.h"

namespace hpserver::binding {

// Returns the budget of this process, shared by all its servers and JavaScript threads: the first
// call sets its size. Any thread.
[[nodiscard]] std::shared_ptr<MemoryBudget> process_memory(std::uint64_t max_bytes);
// Returns that budget if it exists, else null. It is never destroyed.
[[nodiscard]] MemoryBudget* process_memory() noexcept;

}  // namespace hpserver::binding
