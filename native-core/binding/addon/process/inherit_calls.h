#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the function `inherit`: a child process tells its next `Server` what it inherited from its
// parent.
void add_inherit_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
