#pragma once

#include <memory>

#include "hpserver/connection/stream_filter.h"
#include "hpserver/event/notices.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Finds the client's address in a connection's first bytes, if a proxy passes it on there. One per
// server. Any thread.
class PeerSource {
 public:
  virtual ~PeerSource() = default;

  // Whether the socket's other end is a proxy that speaks for its clients.
  [[nodiscard]] virtual bool is_proxy(const Address& other_end) const noexcept = 0;

  // Creates the filter that reads the first bytes of a proxy's connection, or makes sure that no
  // other client sends a header. The filter counts failures and reports them to `notices`. Both
  // `notices` and this source must outlive the filter.
  virtual std::unique_ptr<StreamFilter> make_filter(const Address& other_end, Notices& notices) = 0;
};

}  // namespace hpserver
