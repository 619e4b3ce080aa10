#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/connection/connection_budget.h"
#include "hpserver/connection/connection_share.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/event/heartbeat.h"
#include "hpserver/event/meter.h"
#include "hpserver/os/fd.h"

namespace hpserver::binding {

// What one child process counts, visible to its parent and the other children.
struct ProcessShare {
  ConnectionShare connections;
  // Of its loop.
  Pulse pulse;
  // How many connections its parent has passed to it.
  std::atomic<std::uint64_t> received_count{0};
};

// A share for each child, in memory that the children and their parent can all see: an unnamed file
// whose descriptor children inherit. See: memfd_create(2).
class ProcessShares {
 public:
  // For the parent: creates the memory, with `further_bytes` after the shares for other counters.
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<ProcessShares> create(std::size_t count, std::size_t further_bytes);
  // For a child: maps the inherited `fd`. Errors: ENOMEM, EBADF.
  static Result<ProcessShares> adopt(Fd fd, std::size_t count);

  ProcessShares(ProcessShares&& other) noexcept
      : fd_(std::move(other.fd_)),
        bytes_(std::exchange(other.bytes_, {})),
        values_(std::exchange(other.values_, {})) {}
  ProcessShares& operator=(ProcessShares&&) = delete;
  ~ProcessShares();

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] std::span<ProcessShare> values() const noexcept { return values_; }
  // Makes both count in the memory after the shares, in this process as in the others; either may
  // be null. `create` must have reserved what `peer_limit` needs plus these meters' `bytes_for`.
  void prepare(PeerLimit* peer_limit, Meters* meters) const;
  [[nodiscard]] static std::size_t bytes_for(const Meters& meters, std::size_t count);
  [[nodiscard]] ProcessShare& operator[](std::size_t index) const noexcept {
    return values_[index];
  }

  // The budget of the child with this index: `max_count` for all children together. The shares must
  // outlive it.
  [[nodiscard]] std::unique_ptr<ConnectionBudget> make_budget(std::size_t index,
                                                              std::size_t max_count) const;

 private:
  ProcessShares(Fd fd, std::span<std::byte> bytes, std::size_t count);

  Fd fd_;
  std::span<std::byte> bytes_;
  std::span<ProcessShare> values_;
};

}  // namespace hpserver::binding
