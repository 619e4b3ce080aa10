#include "addon/admin/metrics_option.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "addon/admin/level_listener.h"
#include "addon/admin/process_meters.h"
#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/settings/server_settings.h"
#include "hpserver/concurrency/side_server.h"
#include "hpserver/log/lost_lines.h"
#include "hpserver/protocol/admin/admin_service.h"
#include "hpserver/socket/listen.h"

namespace hpserver::binding {

namespace {

admin::ServerFacts facts_of(const Napi::Object& options) {
  admin::ServerFacts facts;
  facts.name = text_of(options, "name");
  facts.version = text_of(options, "version");
  facts.architecture = text_of(options, "architecture");
  const auto steps = options.Get("steps").As<Napi::Array>();
  for (std::uint32_t at = 0; at < steps.Length(); ++at) {
    const auto step = steps.Get(at).As<Napi::Object>();
    facts.steps.push_back(
        {text_of(step, "step"), text_of(step, "executor"), text_of(step, "call")});
  }
  return facts;
}

// Answers on a thread of its own until the environment ends; returns the actual address.
Napi::Value serve_admin(const Napi::CallbackInfo& call) {
  Napi::Env env = call.Env();
  const auto options = call[0].As<Napi::Object>();
  auto facts = facts_of(options);
  const auto max_connections = connection_limit_of(options);
  if (max_connections) facts.max_connections = *max_connections;
  const auto address = Address::parse(text_of(options, "admin"));
  const admin::LogLevelControl log_level{
      .words = texts_of(options, "logLevels"),
      .set = [](const std::string& word) { LevelListener::instance().tell(word); }};
  auto made = SideServer::create([&] {
    return admin::make_admin_service(ProcessMeters::instance()->metrics(), facts, log_level);
  });
  if (!made || !address) {
    const Error error = made ? address.error() : made.error();
    throw_error(env, error, error.message());
    return env.Undefined();
  }
  auto server = std::move(*made);
  if (const auto listening = server->listen(*address); !listening) {
    throw_error(env, listening.error(), explain_listen_error(listening.error(), *address));
    return env.Undefined();
  }
  if (const auto running = server->run_on_thread(); !running) {
    throw_error(env, running.error(), running.error().message());
    return env.Undefined();
  }
  const std::string real = server->addresses().front().to_string();
  // Node calls this when the environment ends.
  env.AddCleanupHook([](SideServer* ending) { delete ending; }, server.release());
  return Napi::String::New(env, real);
}

void hear_log_level(const Napi::CallbackInfo& call) {
  LevelListener::instance().listen(call.Env(), call[0].As<Napi::Function>());
}

void note_end(const Napi::CallbackInfo&) {
  ProcessMeters::instance()->note_end();
}

void note_restart(const Napi::CallbackInfo&) {
  ProcessMeters::instance()->count(Meter::Event::worker_restarted, 1);
}

void have_counted(const Napi::Object&, ServerOptions& result) {
  result.meters = ProcessMeters::instance();
}

}  // namespace

void add_metrics(Napi::Env env, Napi::Object exports) {
  env.GetInstanceData<Environment>()->option_readers.push_back(have_counted);
  count_lost_lines_by([](std::uint64_t line_count) {
    ProcessMeters::instance()->count(Meter::Event::log_line_lost, line_count);
  });
  exports.Set("serveAdmin", Napi::Function::New<serve_admin>(env, "serveAdmin"));
  exports.Set("hearLogLevel", Napi::Function::New<hear_log_level>(env, "hearLogLevel"));
  exports.Set("noteEnd", Napi::Function::New<note_end>(env, "noteEnd"));
  exports.Set("noteRestart", Napi::Function::New<note_restart>(env, "noteRestart"));
}

}  // namespace hpserver::binding
