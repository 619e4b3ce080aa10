#include "addon/queue/server_object.h"

#include <string>
#include <utility>
#include <vector>

#include "addon/architecture.h"
#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/settings/server_settings.h"

namespace hpserver::binding {

namespace {

Result<QueueServer::Options> options_of(const Napi::Object& given) {
  QueueServer::Options options;
  options.server = server_options_of(given);
  options.server.listen_options.backlog = static_cast<int>(number_of(given, "backlog"));
  options.server.workers = number_of(given, "workers");
  options.server.handle_signals = false;
  const auto max_connections = connection_limit_of(given);
  if (!max_connections) return max_connections.error();
  options.server.limits.max_connections = *max_connections;
  options.queue_capacity = number_of(given, "queueCapacity");
  auto http = http_settings_of(given);
  if (!http) return http.error();
  options.http = std::move(*http);
  return options;
}

QueueServer::MakeServer maker_of(Neighbours* neighbours) {
  return [neighbours](const ServerParts& parts, const ServerOptions& options) {
    ServerParts complete = parts;
    complete.make_io = make_io;
    if (neighbours != nullptr) {
      complete.make_service = [neighbours, make_http = parts.make_service] {
        return neighbours->beside(make_http());
      };
    }
    return make_server(complete, options);
  };
}

}  // namespace

void ServerObject::add_to(Napi::Env env, Napi::Object exports) {
  exports.Set("Server",
              DefineClass(env, "Server",
                          {InstanceMethod<&ServerObject::run>("run"),
                           InstanceMethod<&ServerObject::drain>("drain"),
                           InstanceMethod<&ServerObject::close>("close"),
                           InstanceMethod<&ServerObject::reopen_access_log>("reopenAccessLog")}));
}

ServerObject::ServerObject(const Napi::CallbackInfo& call) : ObjectWrap(call) {
  open(call);
}

ServerObject::~ServerObject() {
  close_now();
}

void ServerObject::open(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto given = call[0].As<Napi::Object>();
  const auto addresses = addresses_of(given);
  if (!addresses) return;
  auto options = options_of(given);
  if (!options) return throw_error(env, options.error(), explain(options.error(), given));
  auto warned = options->server;
  if (!kWorkersAreLoops) warned.workers = 1;
  const auto warnings = warnings_of(warned);
  Neighbours* const neighbours = env.GetInstanceData<Environment>()->neighbours.get();
  auto server = QueueServer::create(std::move(*options), maker_of(neighbours));
  if (!server) return throw_error(env, server.error(), explain(server.error(), given));
  server_ = std::move(*server);
  if (!listen(env, *addresses)) return close_now();
  if (neighbours != nullptr) neighbours->serve_at(server_->server().addresses());
  std::vector<std::string> real;
  for (const Address& address : server_->server().addresses()) real.push_back(address.to_string());
  const auto self = call.This().As<Napi::Object>();
  self.Set("id", server_->id());
  self.Set("addresses", texts(env, real));
  self.Set("warnings", texts(env, warnings));
}

bool ServerObject::listen(Napi::Env env, const std::vector<Address>& addresses) {
  for (const Address& address : addresses) {
    const auto listening = server_->server().listen(address);
    if (listening) continue;
    throw_error(env, listening.error(), explain_listen_error(listening.error(), address));
    return false;
  }
  return true;
}

void ServerObject::run(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  if (server_ == nullptr || wake_ != nullptr) return;
  auto wake = UvWake::create(
      env, {.on_wake = [this] { on_ended(); }, .on_teardown = [this] { close_now(); }});
  if (!wake) return throw_error(env, wake.error(), wake.error().message());
  wake_ = std::move(*wake);
  on_ended_ = Napi::Persistent(call[0].As<Napi::Function>());
  // While it runs, the native threads point here, so the object must not be collected.
  Ref();
  server_->run([this](std::optional<Error> failure) {
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    ended_ = true;
    wake_->wake();
  });
}

void ServerObject::drain(const Napi::CallbackInfo&) {
  if (server_ != nullptr) server_->server().drain();
}

void ServerObject::close(const Napi::CallbackInfo&) {
  close_now();
}

void ServerObject::reopen_access_log(const Napi::CallbackInfo& call) {
  if (server_ == nullptr || server_->http().access_log == nullptr) return;
  const auto reopened = server_->http().access_log->reopen();
  if (!reopened) throw_error(call.Env(), reopened.error(), reopened.error().message());
}

void ServerObject::on_ended() {
  std::optional<Error> failure;
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) return;
    failure = failure_;
  }
  const Napi::Env env = Env();
  const Napi::HandleScope scope(env);
  const Napi::Value argument =
      failure ? Napi::Value(env, error_object(env, *failure, failure->message())) : env.Null();
  on_ended_.Call({argument});
  report_pending(env);
}

void ServerObject::close_now() {
  if (server_ == nullptr) return;
  server_->close();
  // Joins its threads if they still run.
  server_->stop();
  server_.reset();
  if (wake_ == nullptr) return;
  wake_.reset();
  on_ended_.Reset();
  Unref();
}

}  // namespace hpserver::binding
