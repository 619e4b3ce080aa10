#include "addon/daemon/reload_calls.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/settings/server_settings.h"
#include "hpserver/daemon/pid_file.h"
#include "hpserver/daemon/reload_report.h"
#include "hpserver/os/shared_value.h"

namespace hpserver::binding {

namespace {

// One per process; null if there is no memory for it, in which case nothing can be changed.
template <typename T>
const std::shared_ptr<SharedValue<T>>& changing() {
  static const std::shared_ptr<SharedValue<T>> value = [] {
    auto created = SharedValue<T>::create();
    return created ? std::make_shared<SharedValue<T>>(std::move(*created)) : nullptr;
  }();
  return value;
}

void change_limits(const Napi::CallbackInfo& call) {
  const auto options = call[0].As<Napi::Object>();
  if (const auto& deadlines = changing<ConnectionDeadlines>())
    deadlines->set(deadlines_of(options));
  if (const auto& limits = changing<http::HttpLimits>()) limits->set(http_limits_of(options));
}

void report(const Napi::CallbackInfo& call) {
  report_reload(
      {.exit_code = call[0].As<Napi::Number>().Int32Value(), .text = call[1].As<Napi::String>()});
}

Napi::Value find_server(const Napi::CallbackInfo& call) {
  const std::string path = call[0].As<Napi::String>();
  const auto pid = read_pid_file(path);
  if (pid) return Napi::Number::New(call.Env(), *pid);
  throw_error(call.Env(), pid.error(), explain_no_server(pid.error(), path));
  return call.Env().Undefined();
}

Napi::Value request(const Napi::CallbackInfo& call) {
  const pid_t server = call[0].As<Napi::Number>().Int32Value();
  const std::chrono::milliseconds timeout{call[1].As<Napi::Number>().Int64Value()};
  const auto told = request_reload(server, timeout);
  if (!told) {
    throw_error(call.Env(), told.error(), explain_reload_error(told.error(), server));
    return call.Env().Undefined();
  }
  auto reply = Napi::Object::New(call.Env());
  reply.Set("exitCode", told->exit_code);
  reply.Set("text", told->text + "\n");
  return reply;
}

}  // namespace

void add_reload_calls(Napi::Env env, Napi::Object exports) {
  Environment& environment = *env.GetInstanceData<Environment>();
  environment.option_readers.push_back([](const Napi::Object&, ServerOptions& result) {
    result.limits.changes = changing<ConnectionDeadlines>();
  });
  environment.http_option_setters.push_back(
      [](http::HttpOptions& options) { options.changes = changing<http::HttpLimits>(); });
  exports.Set("changeLimits", Napi::Function::New<change_limits>(env, "changeLimits"));
  exports.Set("reportReload", Napi::Function::New<report>(env, "reportReload"));
  exports.Set("findServer", Napi::Function::New<find_server>(env, "findServer"));
  exports.Set("requestReload", Napi::Function::New<request>(env, "requestReload"));
}

}  // namespace hpserver::binding
