#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the functions with which JavaScript opens and closes what its threads share. See
// server/native.ts.
void add_server_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
