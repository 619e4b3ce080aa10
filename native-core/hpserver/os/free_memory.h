#pragma once

namespace hpserver {

// Has the allocator give the system back what nobody uses of it: glibc keeps for itself what was
// freed below something that is in use. May take milliseconds; for idle times. Does nothing where
// the C library has no such call. See: malloc_trim(3).
void return_free_memory() noexcept;

}  // namespace hpserver
