#pragma once

#include <memory>
#include <utility>

#include "hpserver/event/reactor.h"
#include "hpserver/transport/io_unit.h"
#include "hpserver/transport/readiness_transport.h"

namespace hpserver {

// Creates an I/O unit by readiness: a Reactor over this type of poller. A `main` passes
// `make_reactor<EpollPoller, Trigger::edge>` to ServerParts. Errors: those of the poller's
// `create`.
template <typename ConcretePoller, Trigger kTrigger>
Result<IoUnit> make_reactor() {
  auto poller = ConcretePoller::create();
  if (!poller) return poller.error();
  // Only one thread ever handles a listener, so `oneshot` would just cost more calls.
  const bool by_level = kTrigger != Trigger::edge || poller->levels_are_free();
  auto reactor = Reactor::create(std::make_unique<ConcretePoller>(std::move(*poller)));
  if (!reactor) return reactor.error();
  auto transport = std::make_unique<ReadinessTransport>(**reactor, kTrigger,
                                                        by_level ? Trigger::level : Trigger::edge);
  return IoUnit(std::move(*reactor), std::move(transport));
}

}  // namespace hpserver
