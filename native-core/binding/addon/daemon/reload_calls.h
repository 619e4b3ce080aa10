#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `changeLimits`, `reportReload`, `findServer` and `requestReload`: see src/daemon/reload.ts.
// What is changed is of the whole process: by its main thread only.
void add_reload_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
