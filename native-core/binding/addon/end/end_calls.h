#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `guardEnd`, `heardEnd` and `takeNotices`: see EndGuard, NoticeBoard, and
// server/native-end.ts.
void add_end_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
