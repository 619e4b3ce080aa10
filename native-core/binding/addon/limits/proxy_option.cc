#include "addon/limits/proxy_option.h"

#include <memory>
#include <utility>

#include "addon/environment.h"
#include "addon/js/js_value.h"
#include "hpserver/connection/peer/proxy_source.h"
#include "hpserver/socket/address_range.h"

namespace hpserver::binding {

namespace {

// An invalid list was rejected when it was set.
void read_proxies(const Napi::Object& options, ServerOptions& result) {
  auto ranges = AddressRange::parse_list(text_of(options, "proxyFrom"));
  if (!ranges) return;
  result.limits.peer_source = std::make_shared<ProxySource>(std::move(*ranges));
}

}  // namespace

void add_proxies(Napi::Env env, Napi::Object) {
  env.GetInstanceData<Environment>()->option_readers.push_back(read_proxies);
}

}  // namespace hpserver::binding
