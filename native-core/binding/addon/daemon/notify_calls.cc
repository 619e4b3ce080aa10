#include "addon/daemon/notify_calls.h"

#include <optional>
#include <string>
#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/daemon/notify_socket.h"

namespace hpserver::binding {

namespace {

// The process's own; the main thread's.
std::optional<NotifySocket>& supervisor() {
  static std::optional<NotifySocket> supervisor;
  return supervisor;
}

void find_supervisor(const Napi::CallbackInfo& call) {
  auto found = NotifySocket::open();
  if (!found) return throw_error(call.Env(), found.error(), found.error().message());
  supervisor() = std::move(*found);
}

void tell_supervisor(const Napi::CallbackInfo& call) {
  if (!supervisor()) return;
  const std::string state = call[0].As<Napi::String>();
  const auto told = supervisor()->send(state);
  if (!told) throw_error(call.Env(), told.error(), told.error().message());
}

}  // namespace

void add_notify_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("findSupervisor", Napi::Function::New<find_supervisor>(env, "findSupervisor"));
  exports.Set("tellSupervisor", Napi::Function::New<tell_supervisor>(env, "tellSupervisor"));
}

}  // namespace hpserver::binding
