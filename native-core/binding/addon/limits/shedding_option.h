#pragma once

#include <napi.h>

namespace hpserver::binding {

// Makes servers refuse requests that have waited too long, except health checks; see DelayShedder.
void add_shedding(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
