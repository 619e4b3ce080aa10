#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `findSupervisor`, `tellSupervisor`, `watchdogPeriod` and `lookAtLoops`: see NotifySocket,
// Watchdog, and src/daemon/supervisor.ts. From then on the watchdog watches this process's servers.
void add_notify_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
