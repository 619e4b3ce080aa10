#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `changeLimits`, `reportReload`, `findServer` and `requestReload`: see src/daemon/reload.ts.
// The servers of this process keep to what the first of them was given last.
void add_reload_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
