#include "hpserver/completion/uring_buffers.h"

#include <liburing.h>
#include <sys/mman.h>

#include <utility>

namespace hpserver {
namespace {

constexpr std::size_t kBuffersBytes = UringBuffers::kCount * UringBuffers::kBytes;
constexpr std::size_t kRingBytes = UringBuffers::kCount * sizeof(io_uring_buf);

}  // namespace

void UringBuffers::Unmap::operator()(void* memory) const noexcept {
  ::munmap(memory, kBuffersBytes + kRingBytes);
}

Result<UringBuffers> UringBuffers::create(UringRing& ring) {
  void* const memory = ::mmap(nullptr, kBuffersBytes + kRingBytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return last_error("mmap");
  UringBuffers buffers{Memory{memory}};
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<std::uintptr_t>(buffers.ring());
  registration.ring_entries = kCount;
  registration.bgid = kGroup;
  const int registered = io_uring_register_buf_ring(&ring.native(), &registration, 0);
  if (registered < 0) return Error{-registered, "io_uring_register"};
  io_uring_buf_ring_init(buffers.ring());
  for (std::uint32_t buffer = 0; buffer < kCount; ++buffer) buffers.give_back(buffer);
  return buffers;
}

UringBuffers::UringBuffers(Memory memory) noexcept : memory_(std::move(memory)) {}

std::string_view UringBuffers::bytes(std::uint32_t buffer, std::size_t size) const noexcept {
  return {start_of(buffer), size};
}

void UringBuffers::give_back(std::uint32_t buffer) noexcept {
  io_uring_buf_ring_add(ring(), start_of(buffer), kBytes, static_cast<std::uint16_t>(buffer),
                        io_uring_buf_ring_mask(kCount), 0);
  io_uring_buf_ring_advance(ring(), 1);
}

io_uring_buf_ring* UringBuffers::ring() const noexcept {
  return reinterpret_cast<io_uring_buf_ring*>(start_of(kCount));
}

char* UringBuffers::start_of(std::uint32_t buffer) const noexcept {
  return static_cast<char*>(memory_.get()) + buffer * kBytes;
}

}  // namespace hpserver
