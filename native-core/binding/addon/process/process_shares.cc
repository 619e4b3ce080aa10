#include "addon/process/process_shares.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <type_traits>

namespace hpserver::binding {

// Children may be killed at any instruction, and the memory starts as zeros.
static_assert(std::is_trivially_destructible_v<ProcessShare>);
static_assert(std::atomic<std::size_t>::is_always_lock_free);

namespace {

constexpr std::size_t kLineBytes = 64;  // of the cache

}  // namespace

Result<ProcessShares> ProcessShares::create(std::size_t count, std::size_t further_bytes) {
  Fd fd(::memfd_create("shares", MFD_CLOEXEC));
  if (!fd) return last_error("memfd_create");
  const auto size_bytes = static_cast<off_t>(count * sizeof(ProcessShare) + further_bytes);
  if (::ftruncate(fd.get(), size_bytes) != 0) return last_error("ftruncate");
  return adopt(std::move(fd), count);
}

Result<ProcessShares> ProcessShares::adopt(Fd fd, std::size_t count) {
  struct stat status;
  if (::fstat(fd.get(), &status) != 0) return last_error("fstat");
  const auto size_bytes = static_cast<std::size_t>(status.st_size);
  void* const memory = ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (memory == MAP_FAILED) return last_error("mmap");
  return ProcessShares(std::move(fd), {static_cast<std::byte*>(memory), size_bytes}, count);
}

// Zeroed memory is valid atomics of value zero; other processes may use it already.
ProcessShares::ProcessShares(Fd fd, std::span<std::byte> bytes, std::size_t count)
    : fd_(std::move(fd)),
      bytes_(bytes),
      values_(reinterpret_cast<ProcessShare*>(bytes.data()), count) {}

ProcessShares::~ProcessShares() {
  if (!bytes_.empty()) ::munmap(bytes_.data(), bytes_.size());
}

std::size_t ProcessShares::bytes_for(const Meters& meters, std::size_t count) {
  return meters.bytes_for(count) + kLineBytes;
}

// The meters use the end of the memory, from the start of a cache line.
void ProcessShares::prepare(PeerLimit* peer_limit, Meters* meters) const {
  const std::size_t count = values_.size();
  std::span<std::byte> rest = bytes_.subspan(values_.size_bytes());
  if (meters != nullptr) {
    const std::span<std::byte> own = rest.last(bytes_for(*meters, count));
    rest = rest.first(rest.size() - own.size());
    const auto offset = static_cast<std::size_t>(own.data() - bytes_.data());
    meters->prepare_in(own.subspan(kLineBytes - offset % kLineBytes, meters->bytes_for(count)),
                       count);
  }
  if (peer_limit != nullptr) peer_limit->prepare_in(rest, count);
}

std::unique_ptr<ConnectionBudget> ProcessShares::make_budget(std::size_t index,
                                                             std::size_t max_count) const {
  std::vector<const ConnectionShare*> others;
  for (std::size_t other = 0; other < values_.size(); ++other) {
    if (other != index) others.push_back(&values_[other].connections);
  }
  return std::make_unique<ConnectionBudget>(max_count, values_[index].connections,
                                            std::move(others));
}

}  // namespace hpserver::binding
