#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// How many connections each client may have, beside what all may have together. One per server,
// asked when a connection opens and told when it ends, never per request.
class PeerLimit {
 public:
  // What a connection holds until it ends.
  using Place = std::uint32_t;
  static constexpr Place kNone = 0;

  enum class Verdict : std::uint8_t {
    taken,      // as counted in, or as one that isn't limited (`kNone`)
    at_limit,   // its client has as many as it may
    no_memory,  // nobody knows: what counts is full
  };
  struct Answer {
    Verdict verdict = Verdict::taken;
    Place place = kNone;
  };

  virtual ~PeerLimit() = default;

  // Once, before the first process is forked and the first connection comes: there will be so many
  // processes, each with so many connections at most. Later calls change nothing. Errors: ENOMEM.
  virtual Result<void> prepare(std::size_t processes, std::size_t connections_each) = 0;
  // The same, where processes share memory otherwise than by a fork: it takes so many bytes, which
  // begin as zeros and outlive the limit; each process prepares itself in them.
  [[nodiscard]] virtual std::size_t bytes_for(std::size_t processes,
                                              std::size_t connections_each) const noexcept = 0;
  virtual void prepare_in(std::span<std::byte> memory, std::size_t processes) = 0;
  // What this process counts from here on, it counts as this one of them (from 0).
  virtual void count_as(std::size_t process) noexcept = 0;
  // A process has ended, however: what it had open is open no more.
  virtual void forget(std::size_t process) noexcept = 0;

  // Any thread. A place that was given is given back once, by the same process.
  [[nodiscard]] virtual Answer take(const Address& peer) noexcept = 0;
  virtual void give_back(Place place) noexcept = 0;
};

}  // namespace hpserver
