#pragma once

#include <napi.h>

namespace hpserver::binding {

// Servers keep to `maxConnectionsPerAddress`. All servers and JavaScript threads of a process share
// the counts: the first one to ask says how many there may be.
void add_address_limit(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
