#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `resumeLaunch`, `tellStarter` and `giveUpStreams`: see Launch, and src/daemon/background.ts.
void add_launch_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
