#pragma once

#include <napi.h>

namespace hpserver::binding {

// Makes servers trust the proxies in the list `proxyFrom` to name their clients; see ProxySource.
void add_proxies(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
