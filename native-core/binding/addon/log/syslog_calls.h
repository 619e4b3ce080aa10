#pragma once

#include <napi.h>

namespace hpserver::binding {

// openSyslog({address, program, facility})
void add_syslog(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
