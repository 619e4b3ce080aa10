#pragma once

#include "hpserver/poller/poller.h"

namespace hpserver {

// Whoever reacts to a descriptor's readiness. Called by the reactor, on the reactor's thread.
class EventHandler {
 public:
  virtual ~EventHandler() = default;

  // Something is ready, or (no bit set) the handler has deferred itself and may go on. May remove
  // and destroy any handler, itself too: events still on their way to it are dropped.
  virtual void on_ready(Ready ready) = 0;
};

}  // namespace hpserver
