#include "hpserver/connection/peer/address_limit.h"

#include <utility>

namespace hpserver {

Result<void> AddressLimit::prepare(std::size_t processes, std::size_t connections_each) {
  const std::lock_guard lock(mutex_);
  if (prepared_ || max_per_address_ == 0) return {};
  const auto size = AddressCounts::size_for(processes, connections_each);
  auto memory = SharedMemory::create(AddressCounts::bytes_of(size));
  if (!memory) return memory.error();
  memory_ = std::move(*memory);
  counts_ = AddressCounts(memory_.bytes(), size);
  prepared_ = true;
  return {};
}

std::size_t AddressLimit::bytes_for(std::size_t processes,
                                    std::size_t connections_each) const noexcept {
  if (max_per_address_ == 0) return 0;
  return AddressCounts::bytes_of(AddressCounts::size_for(processes, connections_each));
}

void AddressLimit::prepare_in(std::span<std::byte> memory, std::size_t processes) {
  const std::lock_guard lock(mutex_);
  if (prepared_ || max_per_address_ == 0) return;
  counts_ = AddressCounts(memory, AddressCounts::size_in(memory.size(), processes));
  prepared_ = true;
}

void AddressLimit::forget(std::size_t process) noexcept {
  if (prepared_) counts_.clear(process);
}

PeerLimit::Answer AddressLimit::take(const Address& peer) noexcept {
  const auto key = countable(peer);
  if (!prepared_ || !key) return {};
  const std::lock_guard lock(mutex_);
  // Counts first, then reads the others' counts: of two processes that do so at once, at least one
  // sees the other.
  const auto slot = counts_.add(process_, *key);
  if (slot && counts_.count_of(*key) <= max_per_address_) return {Verdict::taken, *slot + 1};
  counts_.note_refusal();
  if (!slot) return {Verdict::no_memory, kNone};
  counts_.remove(process_, *slot);
  return {Verdict::at_limit, kNone};
}

// A concurrent `take` finds the slot either still with its key or free.
void AddressLimit::give_back(Place place) noexcept {
  if (place != kNone) counts_.remove(process_, place - 1);
}

}  // namespace hpserver
