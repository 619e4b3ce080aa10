#include "addon/daemon/launch_calls.h"

#include <optional>
#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/daemon/launch.h"
#include "hpserver/daemon/starter_streams.h"

namespace hpserver::binding {

namespace {

// What the launcher has detached. Belongs to the process; for the main thread.
struct Detached {
  Launch launch;
  StarterStreams streams;
};

std::optional<Detached>& detached() {
  static std::optional<Detached> detached;
  return detached;
}

Result<void> resume(int ready_fd) {
  auto launch = Launch::resume(ready_fd);
  if (!launch) return launch.error();
  auto streams = StarterStreams::open();
  if (!streams) return streams.error();
  detached().emplace(Detached{std::move(*launch), std::move(*streams)});
  return {};
}

Result<void> give_up_now() {
  auto streams = StarterStreams::open();
  return streams ? streams->give_up() : streams.error();
}

void throw_if_failed(const Napi::CallbackInfo& call, const Result<void>& done) {
  if (!done) throw_error(call.Env(), done.error(), done.error().message());
}

// Continues a detached launch: takes the number of the descriptor that the starting process reads.
void resume_launch(const Napi::CallbackInfo& call) {
  throw_if_failed(call, resume(call[0].As<Napi::Number>().Int32Value()));
}

void tell_starter(const Napi::CallbackInfo& call) {
  if (!detached()) return;
  const auto given_up = detached()->streams.give_up();
  if (!given_up) return throw_if_failed(call, given_up);
  detached()->launch.ready();
  detached().reset();
}

// For a worker process.
void give_up_streams(const Napi::CallbackInfo& call) {
  throw_if_failed(call, give_up_now());
}

}  // namespace

void add_launch_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("resumeLaunch", Napi::Function::New<resume_launch>(env, "resumeLaunch"));
  exports.Set("tellStarter", Napi::Function::New<tell_starter>(env, "tellStarter"));
  exports.Set("giveUpStreams", Napi::Function::New<give_up_streams>(env, "giveUpStreams"));
}

}  // namespace hpserver::binding
