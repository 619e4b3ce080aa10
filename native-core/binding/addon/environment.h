#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "addon/exchange/exchange.h"
#include "addon/neighbours.h"
#include "addon/settings/option_reader.h"

namespace hpserver::binding {

// The addon's state for one JavaScript thread; only the shared servers are global.
struct Environment {
  ExchangeTable exchanges;
  // Null: only HTTP is served.
  std::unique_ptr<Neighbours> neighbours;
  // How many handlers are still running: what they cause must happen inside their call.
  unsigned calls_under_way = 0;
  // Read options of a server beyond those that every server has.
  std::vector<OptionReader> option_readers;
  std::vector<HttpOptionSetter> http_option_setters;
};

}  // namespace hpserver::binding
