#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Limits the connections of each client, in addition to the limit for all clients together. One per
// server; asked when a connection opens and told when it closes, never per request.
class PeerLimit {
 public:
  // Held by a connection until it closes.
  using Place = std::uint32_t;
  static constexpr Place kNone = 0;

  enum class Verdict : std::uint8_t {
    taken,      // counted, or not limited (`kNone`)
    at_limit,   // its client has too many connections
    no_memory,  // unknown: the table is full
  };
  struct Answer {
    Verdict verdict = Verdict::taken;
    Place place = kNone;
  };

  virtual ~PeerLimit() = default;

  // Call it once, before forking the first process and accepting the first connection, with the
  // number of processes and the most connections of each. Later calls do nothing. Errors: ENOMEM.
  virtual Result<void> prepare(std::size_t processes, std::size_t connections_each) = 0;
  // For processes that share memory without forking. `bytes_for` returns how many bytes the limit
  // needs; they must be zero at first and outlive it. Each process then calls `prepare_in` with
  // them.
  [[nodiscard]] virtual std::size_t bytes_for(std::size_t processes,
                                              std::size_t connections_each) const noexcept = 0;
  virtual void prepare_in(std::span<std::byte> memory, std::size_t processes) = 0;
  // From now on, this process counts as the one with this number (from 0).
  virtual void count_as(std::size_t process) noexcept = 0;
  // A process has ended, normally or not, so it has no connection open any more.
  virtual void forget(std::size_t process) noexcept = 0;

  // Any thread. A place must be given back once, by the same process.
  [[nodiscard]] virtual Answer take(const Address& peer) noexcept = 0;
  virtual void give_back(Place place) noexcept = 0;
};

}  // namespace hpserver
