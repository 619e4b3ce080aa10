#pragma once

#include <napi.h>

namespace hpserver::binding {

// Servers believe those in `proxyFrom`, a list, whose connections theirs are; see ProxySource.
void add_proxies(Napi::Env env, Napi::Object exports);

}  // namespace hpserver::binding
