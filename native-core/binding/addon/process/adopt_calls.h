#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds the function `adoptServer`: a child process opens what it inherited from its parent, as the
// server of its only loop.
void add_adopt_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
