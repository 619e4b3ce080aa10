#include "addon/process/inherit_calls.h"

#include <utility>

#include "addon/js/js_error.h"
#include "addon/process/child_server.h"
#include "addon/process/inheritance.h"

namespace hpserver::binding {

namespace {

void inherit(const Napi::CallbackInfo& call) {
  auto inheritance = inheritance_of(call[0].As<Napi::Object>());
  if (!inheritance) {
    return throw_error(call.Env(), inheritance.error(), inheritance.error().message());
  }
  ChildServer::inherit(std::move(*inheritance));
}

}  // namespace

void add_inherit_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("inherit", Napi::Function::New<inherit>(env, "inherit"));
}

}  // namespace hpserver::binding
