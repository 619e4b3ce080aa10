#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>

#include "hpserver/connection/peer/address_counts.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/os/shared_memory.h"

namespace hpserver {

// Limits the connections of each IPv4 address, and of each IPv6 /64, over all threads and processes
// of a server. UNIX sockets aren't limited. If several processes ask for an address's last place at
// once, possibly none of them gets it, but never two. An address without a free slot in the table
// is refused, as in nginx: otherwise a client with many addresses could evade the limit.
class AddressLimit final : public PeerLimit {
 public:
  // 0: no limit, and nothing is counted.
  explicit AddressLimit(std::size_t max_per_address) : max_per_address_(max_per_address) {}

  Result<void> prepare(std::size_t processes, std::size_t connections_each) override;
  [[nodiscard]] std::size_t bytes_for(std::size_t processes,
                                      std::size_t connections_each) const noexcept override;
  void prepare_in(std::span<std::byte> memory, std::size_t processes) override;

  void count_as(std::size_t process) noexcept override { process_ = process; }
  void forget(std::size_t process) noexcept override;

  [[nodiscard]] Answer take(const Address& peer) noexcept override;
  void give_back(Place place) noexcept override;

  // How many connections all processes have refused. Any thread.
  [[nodiscard]] std::uint64_t refused_count() const noexcept {
    return prepared_ ? counts_.refused_count() : 0;
  }

 private:
  const std::size_t max_per_address_;
  SharedMemory memory_;  // empty if the caller owns the memory
  AddressCounts counts_;
  std::size_t process_ = 0;
  bool prepared_ = false;
  std::mutex mutex_;  // for this process's threads
};

}  // namespace hpserver
