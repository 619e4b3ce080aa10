#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `changeLimits`, `reportReload`, `findServer` and `requestReload`: see src/daemon/reload.ts.
// Changes apply to the whole process, so only its main thread may make them.
void add_reload_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
