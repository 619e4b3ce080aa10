#pragma once

#include <napi.h>

namespace hpserver::binding {

// Takes the sockets that a service manager has opened for this process: servers get them where they
// would listen at those addresses. Throws where what it is told is nonsense.
void add_activation(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
