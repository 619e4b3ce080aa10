#pragma once

#include <napi.h>

#include "hpserver/concurrency/server_options.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::binding {

// Reads the options of one part of the addon from JavaScript's.
using OptionReader = void (*)(const Napi::Object& options, ServerOptions& result);
// Sets the options of one part of the addon for each HTTP service. Any thread.
using HttpOptionSetter = void (*)(http::HttpOptions& options);

}  // namespace hpserver::binding
