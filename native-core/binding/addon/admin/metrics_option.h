#pragma once

#include <napi.h>

namespace hpserver::binding {

// Makes every server of this process count. `serveAdmin` starts a thread that answers
// administrators, `noteEnd` reports that the process was told to stop, `noteRestart` that a worker
// is being replaced.
void add_metrics(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
