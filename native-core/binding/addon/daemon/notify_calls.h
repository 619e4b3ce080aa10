#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `findSupervisor` and `tellSupervisor`: see NotifySocket, and src/daemon/supervisor.ts.
void add_notify_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
