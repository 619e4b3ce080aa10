#pragma once

#include <napi.h>

#include "hpserver/concurrency/server_options.h"

namespace hpserver::binding {

// Reads what a part of the addon has among JavaScript's options.
using OptionReader = void (*)(const Napi::Object& options, ServerOptions& result);

}  // namespace hpserver::binding
