#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the functions `guardEnd` and `heardEnd`: see EndGuard, and server/native-end.ts.
void add_end_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
