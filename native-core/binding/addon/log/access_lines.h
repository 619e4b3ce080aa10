#pragma once

#include <napi.h>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::binding {

// Sets this format for the access log. sampleAccessLog(count): logs one of this many requests.
void add_access_lines(Napi::Env env, Napi::Object exports, http::AppendAccess append);

}  // namespace hpserver::binding
