#pragma once

#include <napi.h>

namespace hpserver::binding {

// openLogServer({address, program, facility}), faultOfLogServer(address)
void add_udp_log(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
