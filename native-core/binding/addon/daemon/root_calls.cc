#include "addon/daemon/root_calls.h"

#include <string>

#include "addon/js/js_error.h"
#include "hpserver/daemon/root_directory.h"

namespace hpserver::binding {

namespace {

Napi::Value may_change(const Napi::CallbackInfo& call) {
  return Napi::Boolean::New(call.Env(), may_change_root());
}

void change(const Napi::CallbackInfo& call) {
  const std::string folder = call[0].As<Napi::String>();
  const auto changed = change_root(folder);
  if (!changed) throw_error(call.Env(), changed.error(), changed.error().message());
}

}  // namespace

void add_root_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("mayChangeRoot", Napi::Function::New<may_change>(env, "mayChangeRoot"));
  exports.Set("changeRoot", Napi::Function::New<change>(env, "changeRoot"));
}

}  // namespace hpserver::binding
