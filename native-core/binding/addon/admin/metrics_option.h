#pragma once

#include <napi.h>

namespace hpserver::binding {

// Every server of this process counts what it does, `serveAdmin` has a thread answer who asks for
// it, `noteEnd` says that the process was told to end, `noteRestart` that a worker is replaced.
void add_metrics(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
