#pragma once

#include <memory>

#include "hpserver/connection/stream_filter.h"
#include "hpserver/event/notices.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Where a connection's first bytes may say whose it is: a proxy's that passes on its clients'. One
// per server. Any thread.
class PeerSource {
 public:
  virtual ~PeerSource() = default;

  // Whether who is at the socket's other end speaks for others.
  [[nodiscard]] virtual bool is_proxy(const Address& other_end) const noexcept = 0;

  // What looks at the first bytes of such a connection, or sees to it that nobody else's say so.
  // What goes wrong is counted, and told to `notices`, which outlive the filter, as the source
  // does.
  virtual std::unique_ptr<StreamFilter> make_filter(const Address& other_end, Notices& notices) = 0;
};

}  // namespace hpserver
