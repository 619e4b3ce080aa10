#pragma once

#include <napi.h>

#include "addon/log/access_lines.h"
#include "hpserver/protocol/http/access/json_format.h"

namespace hpserver::binding {

inline void add_json_lines(Napi::Env env, Napi::Object exports) {
  add_access_lines(env, exports, http::append_json);
}

}  // namespace hpserver::binding
