#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/os/uring_ring.h"

struct io_uring_buf_ring;

namespace hpserver {

// Buffers that the kernel picks from when bytes have arrived, so an idle connection holds none.
// Their memory isn't allocated before its first use. For the ring's thread.
// See: io_uring_setup_buf_ring(3).
class UringBuffers {
 public:
  static constexpr std::uint32_t kCount = 256;  // a power of two
  static constexpr std::size_t kBytes = std::size_t{16} * 1024;
  // The group id in requests.
  static constexpr std::uint16_t kGroup = 0;

  // Registers the buffers with `ring`, which must be destroyed first. Errors: ENOMEM, EINVAL (Linux
  // before 5.19).
  static Result<UringBuffers> create(UringRing& ring);

  // Returns the bytes that the kernel has put into a buffer.
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
