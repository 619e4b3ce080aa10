#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the calls of a successor and of its predecessor: see src/daemon/predecessor.ts, and
// src/daemon/upgrade.ts. For the main thread.
void add_upgrade_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
