#pragma once

#include <memory>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/connection/transport.h"
#include "hpserver/event/event_loop.h"

namespace hpserver {

// The I/O unit of one executor: what waits, and what moves the bytes. One per loop; created by
// `make_reactor`, `make_proactor` or `make_blocking`.
struct IoUnit {
  std::unique_ptr<EventLoop> loop;
  std::unique_ptr<Transport> transport;  // destroyed before the loop

  IoUnit(std::unique_ptr<EventLoop> loop_part, std::unique_ptr<Transport> transport_part)
      : loop(std::move(loop_part)), transport(std::move(transport_part)) {}
  IoUnit(IoUnit&&) = default;
  // A memberwise move would destroy the old loop before its transport.
  IoUnit& operator=(IoUnit&&) = delete;
};

}  // namespace hpserver
