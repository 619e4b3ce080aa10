#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds what a successor and its predecessor call: see src/daemon/predecessor.ts, and
// src/daemon/upgrade.ts. For the main thread.
void add_upgrade_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
