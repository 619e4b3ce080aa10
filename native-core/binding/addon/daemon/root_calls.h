#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `mayChangeRoot` and `changeRoot`: see hpserver/daemon/root_directory.h, and
// src/daemon/root.ts.
void add_root_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
