#pragma once

#include <napi.h>

#include "addon/exchange/exchange_table.h"

namespace hpserver::binding {

// All that the addon keeps for one JavaScript thread; nothing is global but the shared servers.
struct Environment {
  ExchangeTable exchanges;
};

}  // namespace hpserver::binding
