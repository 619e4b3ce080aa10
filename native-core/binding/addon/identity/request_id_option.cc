#include "addon/identity/request_id_option.h"

#include <memory>

#include "addon/environment.h"
#include "hpserver/protocol/http/identity/request_ids.h"

namespace hpserver::binding {

void add_request_ids(Napi::Env env, Napi::Object) {
  env.GetInstanceData<Environment>()->http_option_setters.push_back(
      [](http::HttpOptions& options) { options.namer = std::make_unique<http::RequestIds>(); });
}

}  // namespace hpserver::binding
