#pragma once

#include <napi.h>

namespace hpserver::binding {

// Takes the sockets that a service manager has opened for this process: a server that listens at
// one of those addresses gets them. Throws if the environment variables are invalid.
void add_activation(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
