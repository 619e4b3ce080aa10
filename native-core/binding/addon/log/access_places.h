#pragma once

#include <napi.h>

namespace hpserver::binding {

// Lets the access log go to standard error ("stderr"), or to a log server by its name.
void add_access_places(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
