#pragma once

#include <memory>
#include <utility>

#include "hpserver/event/proactor.h"
#include "hpserver/transport/completion_transport.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// Creates an I/O unit by completion: a Proactor over this type of port. Errors: those of its
// `create`.
template <typename ConcretePort>
Result<IoUnit> make_proactor() {
  auto port = make_port<ConcretePort>();
  if (!port) return port.error();
  auto proactor = Proactor::create(std::move(*port));
  if (!proactor) return proactor.error();
  auto transport = std::make_unique<CompletionTransport>(**proactor);
  return IoUnit(std::move(*proactor), std::move(transport));
}

}  // namespace hpserver
