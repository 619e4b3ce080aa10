#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace hpserver {

// These functions tell the address sanitizer that pooled memory is free or in use again, which it
// can't know by itself. Without the sanitizer, they do nothing.
inline void poison([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t size_bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __asan_poison_memory_region(memory, size_bytes);
#endif
}

inline void unpoison([[maybe_unused]] const void* memory, [[maybe_unused]] std::size_t size_bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __asan_unpoison_memory_region(memory, size_bytes);
#endif
}

}  // namespace hpserver
