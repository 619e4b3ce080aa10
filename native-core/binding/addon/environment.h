#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "addon/exchange/exchange.h"
#include "addon/neighbours.h"
#include "addon/settings/option_reader.h"

namespace hpserver::binding {

// All that the addon keeps for one JavaScript thread; nothing is global but the shared servers.
struct Environment {
  ExchangeTable exchanges;
  // Null: HTTP is alone.
  std::unique_ptr<Neighbours> neighbours;
  // Handlers that have been called and have not returned: what they cause comes about inside of
  // them.
  unsigned calls_under_way = 0;
  // What reads further options of a server than those that every server has.
  std::vector<OptionReader> option_readers;
  std::vector<HttpOptionSetter> http_option_setters;
};

}  // namespace hpserver::binding
