#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/os/uring_ring.h"

struct io_uring_buf_ring;

namespace hpserver {

// Buffers that the kernel takes from when bytes have come, so that a connection that idles holds
// none. Their memory counts only once it has been used. For the ring's thread.
// See: io_uring_setup_buf_ring(3).
class UringBuffers {
 public:
  static constexpr std::uint32_t kCount = 256;  // a power of two
  static constexpr std::size_t kBytes = std::size_t{16} * 1024;
  // What requests name them by.
  static constexpr std::uint16_t kGroup = 0;

  // Registers them with `ring`, which has to end first. Errors: ENOMEM, EINVAL (Linux before 5.19).
  static Result<UringBuffers> create(UringRing& ring);

  // The bytes that the kernel has put into one.
  [[nodiscard]] std::string_view bytes(std::uint32_t buffer, std::size_t size) const noexcept;
  void give_back(std::uint32_t buffer) noexcept;

 private:
  struct Unmap {
    void operator()(void* memory) const noexcept;
  };
  using Memory = std::unique_ptr<void, Unmap>;

  explicit UringBuffers(Memory memory) noexcept;

  [[nodiscard]] io_uring_buf_ring* ring() const noexcept;
  [[nodiscard]] char* start_of(std::uint32_t buffer) const noexcept;

  Memory memory_;  // the buffers, then the ring that lends them
};

}  // namespace hpserver
