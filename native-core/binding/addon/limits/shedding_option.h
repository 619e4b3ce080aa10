#pragma once

#include <napi.h>

namespace hpserver::binding {

// Servers send away what has waited too long, but for health checks; see DelayShedder.
void add_shedding(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
