#include "addon/end/end_calls.h"

#include <utility>

#include "addon/end/end_guard.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"

namespace hpserver::binding {

namespace {

void guard_end(const Napi::CallbackInfo& call) {
  const auto given = call[0].As<Napi::Object>();
  EndGuard::Options options;
  options.drain_timeout = time_of(given, "drainTimeoutMs");
  options.log = text_of(given, "log");
  options.before_time = text_of(given, "beforeTime");
  options.after_time = text_of(given, "afterTime");
  options.parent = static_cast<pid_t>(number_of(given, "parent"));
  const auto started = EndGuard::start(std::move(options));
  if (!started) throw_error(call.Env(), started.error(), started.error().message());
}

void heard_end(const Napi::CallbackInfo&) {
  EndGuard::on_heard();
}

}  // namespace

void add_end_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("guardEnd", Napi::Function::New<guard_end>(env, "guardEnd"));
  exports.Set("heardEnd", Napi::Function::New<heard_end>(env, "heardEnd"));
}

}  // namespace hpserver::binding
