#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the functions by which JavaScript opens and closes what its threads share. What they do
// stands in server/native.ts.
void add_server_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
