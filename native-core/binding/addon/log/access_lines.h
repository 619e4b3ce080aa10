#pragma once

#include <napi.h>

#include "hpserver/protocol/http/access/access_format.h"

namespace hpserver::binding {

// Gives the lines of the access log this format. sampleAccessLog(count): one of so many requests
// gets a line.
void add_access_lines(Napi::Env env, Napi::Object exports, http::AppendAccess append);

}  // namespace hpserver::binding
