#include "addon/end/end_calls.h"

#include <utility>

#include "addon/end/end_guard.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/notice/notice_board.h"
#include "addon/settings/server_settings.h"
#include "hpserver/log/lost_lines.h"

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

Napi::Value take_notices(const Napi::CallbackInfo& call) {
  return texts(call.Env(), NoticeBoard::take());
}

void note_lost(const Napi::CallbackInfo& call) {
  note_lost_lines(call[0].As<Napi::Number>().Uint32Value());
}

}  // namespace

void add_end_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("guardEnd", Napi::Function::New<guard_end>(env, "guardEnd"));
  exports.Set("heardEnd", Napi::Function::New<heard_end>(env, "heardEnd"));
  exports.Set("noteLostLines", Napi::Function::New<note_lost>(env, "noteLostLines"));
  exports.Set("takeNotices", Napi::Function::New<take_notices>(env, "takeNotices"));
}

}  // namespace hpserver::binding
