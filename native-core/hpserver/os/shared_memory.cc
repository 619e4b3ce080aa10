#include "hpserver/os/shared_memory.h"

#include <sys/mman.h>

namespace hpserver {

Result<SharedMemory> SharedMemory::create(std::size_t size_bytes) {
  void* const start =
      ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return last_error("mmap");
  return SharedMemory(std::span(static_cast<std::byte*>(start), size_bytes));
}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
  if (this != &other) {
    unmap();
    bytes_ = std::exchange(other.bytes_, {});
  }
  return *this;
}

void SharedMemory::unmap() noexcept {
  if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

}  // namespace hpserver
