#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `limitCoreFile` and `limitAddressSpace`, which take bytes as a string: see
// hpserver/os/limits.h, and src/daemon/limits.ts.
void add_limit_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
