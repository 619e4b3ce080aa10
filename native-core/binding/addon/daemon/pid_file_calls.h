#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `claimPidFile` and `releasePidFile`: see PidFile, and src/daemon/pid-file.ts.
void add_pid_file_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
