#include <napi.h>

#include "addon/environment.h"
#include "addon/exchange/exchange_calls.h"
#include "addon/loop/dispatcher_object.h"
#include "addon/loop/loop_object.h"
#include "addon/loop/server_calls.h"

namespace hpserver::binding {

namespace {

// Called once per JavaScript thread that loads the addon.
Napi::Object define_exports(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Environment);
  add_server_calls(env, exports);
  add_exchange_calls(env, exports);
  exports.Set("Loop", LoopObject::define(env));
  exports.Set("Dispatcher", DispatcherObject::define(env));
  return exports;
}

}  // namespace

NODE_API_MODULE(server, define_exports)

}  // namespace hpserver::binding
