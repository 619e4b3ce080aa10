#pragma once

#include <memory>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/poller/poller.h"

namespace hpserver {

// Creates a poller of a concrete type: a `main` passes `make_poller<EpollPoller>` to ServerParts.
// Errors: those of the type's `create`.
template <typename ConcretePoller>
Result<std::unique_ptr<Poller>> make_poller() {
  auto poller = ConcretePoller::create();
  if (!poller) return poller.error();
  return std::unique_ptr<Poller>(std::make_unique<ConcretePoller>(std::move(*poller)));
}

}  // namespace hpserver
