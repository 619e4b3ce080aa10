#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the functions with which JavaScript reads and answers requests; the first argument is always
// the number of an exchange. See server/native.ts.
void add_exchange_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
