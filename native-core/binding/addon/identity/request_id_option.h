#pragma once

#include <napi.h>

namespace hpserver::binding {

// Gives requests names; see RequestIds.
void add_request_ids(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
