#pragma once

namespace hpserver {

// Returns unused heap memory to the system: glibc otherwise keeps memory that was freed below an
// allocation still in use. May take milliseconds, so call it when idle. Does nothing if the C
// library has no such call. See: malloc_trim(3).
void return_free_memory() noexcept;

}  // namespace hpserver
