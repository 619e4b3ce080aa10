#include "addon/daemon/notify_calls.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/settings/server_settings.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/daemon/notify_socket.h"
#include "hpserver/event/watchdog.h"

namespace hpserver::binding {

namespace {

// Belongs to the process; for the main thread.
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

// One for all threads of the process; null if no manager expects it. The main thread must call this
// first.
const std::shared_ptr<Watchdog>& watchdog() {
  static const auto* const instance = [] {
    const auto limit = watchdog_interval();
    return new std::shared_ptr<Watchdog>(
        limit ? std::make_shared<Watchdog>(std::chrono::floor<std::chrono::milliseconds>(*limit))
              : nullptr);
  }();
  return *instance;
}

// How often to call `lookAtLoops`, in milliseconds; undefined: never.
Napi::Value watchdog_period(const Napi::CallbackInfo& call) {
  if (watchdog() == nullptr || !supervisor()) return call.Env().Undefined();
  return Napi::Number::New(call.Env(), static_cast<double>(watchdog()->period().count()));
}

// Tells the manager that the server is alive, unless a loop is stuck. Returns lines for the log.
Napi::Value look_at_loops(const Napi::CallbackInfo& call) {
  const Watchdog::Look seen = watchdog()->look();
  // A manager that doesn't read now is told the next time.
  if (seen.all_move) static_cast<void>(supervisor()->send(kWatchdogMessage));
  return texts(call.Env(), seen.lines);
}

}  // namespace

void add_notify_calls(Napi::Env env, Napi::Object exports) {
  static_cast<void>(watchdog());
  env.GetInstanceData<Environment>()->option_readers.push_back(
      [](const Napi::Object&, ServerOptions& result) { result.watchdog = watchdog(); });
  exports.Set("findSupervisor", Napi::Function::New<find_supervisor>(env, "findSupervisor"));
  exports.Set("lookAtLoops", Napi::Function::New<look_at_loops>(env, "lookAtLoops"));
  exports.Set("watchdogPeriod", Napi::Function::New<watchdog_period>(env, "watchdogPeriod"));
  exports.Set("tellSupervisor", Napi::Function::New<tell_supervisor>(env, "tellSupervisor"));
}

}  // namespace hpserver::binding
