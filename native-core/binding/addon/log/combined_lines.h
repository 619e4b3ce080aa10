#pragma once

#include <napi.h>

#include "addon/log/access_lines.h"
#include "hpserver/protocol/http/access/apache_format.h"

namespace hpserver::binding {

inline void add_combined_lines(Napi::Env env, Napi::Object exports) {
  add_access_lines(env, exports, http::append_combined);
}

}  // namespace hpserver::binding
