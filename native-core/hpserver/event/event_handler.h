#pragma once

#include "hpserver/poller/poller.h"

namespace hpserver {

// Reacts to a descriptor's readiness. Called by the reactor, on its thread.
class EventHandler {
 public:
  virtual ~EventHandler() = default;

  // Something is ready, or (if no bit is set) the handler has deferred itself and may go on. May
  // remove and destroy any handler, even itself: pending events for it are dropped.
  virtual void on_ready(Ready ready) = 0;
};

}  // namespace hpserver
