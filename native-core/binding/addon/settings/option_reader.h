#pragma once

#include <napi.h>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::binding {

// Reads what a part of the addon has among JavaScript's options.
using OptionReader = void (*)(const Napi::Object& options, ServerOptions& result);
// Sets what a part of the addon has for each HTTP service. Any thread.
using HttpOptionSetter = void (*)(http::HttpOptions& options);

}  // namespace hpserver::binding
