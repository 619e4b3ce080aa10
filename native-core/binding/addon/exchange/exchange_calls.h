#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the functions by which JavaScript reads requests and answers them; each takes the number of
// an exchange first. What they do stands in server/native.ts.
void add_exchange_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
