#pragma once

#include <napi.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "addon/process/process_shares.h"
#include "hpserver/base/result.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/event/meter.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

// What a child process has from its parent.
struct Inheritance {
  std::size_t index = 0;
  std::shared_ptr<const ProcessShares> shares;
  std::vector<Fd> listen_fds;      // sharded
  Fd handover;                     // else: connections come by this
  std::vector<Address> addresses;  // where the parent listens

  // What this process counts of each peer, and of its work, it counts with the other children;
  // null: nothing.
  void share_counts(PeerLimit* peer_limit, Meters* meters) const;

  [[nodiscard]] ProcessShare& share() const noexcept { return (*shares)[index]; }
};

// Reads `{ index, processes, sharded, descriptors, addresses }`, where the numbers of descriptors
// are those of Parent.descriptors. Errors: those of ProcessShares::adopt and Address::parse; EBADF.
Result<Inheritance> inheritance_of(const Napi::Object& options);

}  // namespace hpserver::binding
