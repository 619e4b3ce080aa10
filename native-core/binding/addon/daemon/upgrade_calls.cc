#include "addon/daemon/upgrade_calls.h"

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "hpserver/daemon/predecessor.h"
#include "hpserver/daemon/upgrade.h"
#include "hpserver/os/environment.h"

namespace hpserver::binding {

namespace {

// Belongs to the process; for the main thread.
std::optional<Predecessor>& predecessor() {
  static std::optional<Predecessor> predecessor;
  return predecessor;
}

std::unique_ptr<Upgrade>& upgrade() {
  static std::unique_ptr<Upgrade> upgrade;
  return upgrade;
}

Napi::Value take_predecessor(const Napi::CallbackInfo& call) {
  auto taken = Predecessor::take();
  if (!taken) {
    throw_error(call.Env(), taken.error(),
                "cannot take over from the old server: " + taken.error().message());
    return call.Env().Undefined();
  }
  predecessor() = std::move(*taken);
  if (!predecessor()) return call.Env().Null();
  auto result = Napi::Object::New(call.Env());
  result.Set("pidFileFd", predecessor()->pid_file_fd());
  return result;
}

void tell_predecessor(const Napi::CallbackInfo&) {
  if (predecessor()) predecessor()->tell_ready();
}

// The same program, with the current environment.
Program program_of(const Napi::Object& options) {
  Program program{.path = text_of(options, "path"), .arguments = texts_of(options, "arguments")};
  program.directory = text_of(options, "folder");
  program.environment = whole_environment();
  return program;
}

void prepare(const Napi::CallbackInfo& call) {
  const auto given = call[0].As<Napi::Object>();
  // Each is called within a call from JavaScript.
  const auto kept = [&given](const char* name) {
    return std::make_shared<Napi::FunctionReference>(
        Napi::Persistent(given.Get(name).As<Napi::Function>()));
  };
  Upgrade::Options options;
  options.program = program_of(given);
  options.overlap = time_of(given, "overlapMs");
  options.pid_file_fd = [call = kept("pidFileFd")] {
    return call->Call({}).As<Napi::Number>().Int32Value();
  };
  options.tell = [call = kept("tell")](const std::string& line, bool is_fault) {
    call->Call({Napi::String::New(call->Env(), line), Napi::Boolean::New(call->Env(), is_fault)});
  };
  options.on_main_process = [call = kept("onMainProcess")](pid_t id) {
    call->Call({Napi::Number::New(call->Env(), id)});
  };
  options.drain = [call = kept("drain")] { call->Call({}); };
  upgrade() = std::make_unique<Upgrade>(std::move(options));
  // JavaScript ends before static objects are destroyed.
  call.Env().AddCleanupHook([] { upgrade().reset(); });
}

template <void (Upgrade::*Step)()>
void take_step(const Napi::CallbackInfo&) {
  if (upgrade()) (*upgrade().*Step)();
}

template <void (Upgrade::*Step)()>
void add_step(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<take_step<Step>>(exports.Env(), name));
}

}  // namespace

void add_upgrade_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("takePredecessor", Napi::Function::New<take_predecessor>(env, "takePredecessor"));
  exports.Set("tellPredecessor", Napi::Function::New<tell_predecessor>(env, "tellPredecessor"));
  exports.Set("prepareUpgrade", Napi::Function::New<prepare>(env, "prepareUpgrade"));
  add_step<&Upgrade::begin>(exports, "beginUpgrade");
  add_step<&Upgrade::look>(exports, "lookAtUpgrade");
  add_step<&Upgrade::take_back>(exports, "takeUpgradeBack");
  add_step<&Upgrade::finish>(exports, "finishUpgrade");
}

}  // namespace hpserver::binding
