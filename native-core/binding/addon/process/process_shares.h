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

// What one child process counts, for its parent and the other children.
struct ProcessShare {
  ConnectionShare connections;
  // Of its loop.
  Pulse pulse;
  // Connections that it has received from its parent.
  std::atomic<std::uint64_t> received_count{0};
};

// A share for each child in memory that all of them and their parent see: a file without a name,
// whose descriptor children inherit. See: memfd_create(2).
class ProcessShares {
 public:
  // The parent's: makes it, with so many bytes behind the shares for what else they count. Errors:
  // EMFILE, ENFILE, ENOMEM.
  static Result<ProcessShares> create(std::size_t count, std::size_t further_bytes);
  // A child's: what was inherited as `fd`. Errors: ENOMEM, EBADF.
  static Result<ProcessShares> adopt(Fd fd, std::size_t count);

  ProcessShares(ProcessShares&& other) noexcept
      : fd_(std::move(other.fd_)),
        bytes_(std::exchange(other.bytes_, {})),
        values_(std::exchange(other.values_, {})) {}
  ProcessShares& operator=(ProcessShares&&) = delete;
  ~ProcessShares();

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }
  [[nodiscard]] std::span<ProcessShare> values() const noexcept { return values_; }
  // Has them count behind the shares, in this process as in the others; either may be null. What
  // `create` is told of is what `peer_limit` needs and `bytes_for` these meters.
  void prepare(PeerLimit* peer_limit, Meters* meters) const;
  [[nodiscard]] static std::size_t bytes_for(const Meters& meters, std::size_t count);
  [[nodiscard]] ProcessShare& operator[](std::size_t index) const noexcept {
    return values_[index];
  }

  // How many connections the child with this index may open: all children together, so many. The
  // shares outlive it.
  [[nodiscard]] std::unique_ptr<ConnectionBudget> make_budget(std::size_t index,
                                                              std::size_t max_count) const;

 private:
  ProcessShares(Fd fd, std::span<std::byte> bytes, std::size_t count);

  Fd fd_;
  std::span<std::byte> bytes_;
  std::span<ProcessShare> values_;
};

}  // namespace hpserver::binding
