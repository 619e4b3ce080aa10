#include "addon/limits/shedding_option.h"

#include <memory>

#include "addon/environment.h"
#include "hpserver/connection/overload/delay_shedder.h"

namespace hpserver::binding {

void add_shedding(Napi::Env env, Napi::Object) {
  Environment& environment = *env.GetInstanceData<Environment>();
  environment.option_readers.push_back([](const Napi::Object&, ServerOptions& result) {
    result.limits.make_shedder = [] { return std::make_shared<DelayShedder>(); };
  });
  environment.http_option_setters.push_back(
      [](http::HttpOptions& options) { options.never_shed = {"/healthz"}; });
}

}  // namespace hpserver::binding
