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

// What a child process inherits from its parent.
struct Inheritance {
  std::size_t index = 0;
  std::shared_ptr<const ProcessShares> shares;
  std::vector<Fd> listen_fds;      // sharded
  Fd handover;                     // else: connections arrive here
  std::vector<Address> addresses;  // where the parent listens

  // Makes this process count its peers and its work in memory shared with the other children; null:
  // not counted.
  void share_counts(PeerLimit* peer_limit, Meters* meters) const;

  [[nodiscard]] ProcessShare& share() const noexcept { return (*shares)[index]; }
};

// Reads `{ index, processes, sharded, descriptors, addresses }`, where `descriptors` are the
// numbers of Parent.descriptors. Errors: those of ProcessShares::adopt and Address::parse; EBADF.
Result<Inheritance> inheritance_of(const Napi::Object& options);

}  // namespace hpserver::binding
