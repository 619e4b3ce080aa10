#pragma once

#include <napi.h>

namespace hpserver::binding {

// Adds `hasAccount`, `mayChangeAccount`, `setIdWarning`, `lookUpAccount` and `dropRights`: see
// Account, and src/daemon/account.ts and rights.ts.
void add_account_calls(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
