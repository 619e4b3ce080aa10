#pragma once

#include <napi.h>

namespace hpserver::binding {

// Makes servers respect `maxConnectionsPerAddress`. All servers and JavaScript threads of a process
// share the counts: the first one to ask sets the limit.
void add_address_limit(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
