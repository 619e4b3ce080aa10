#include "addon/inline/server_calls.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "addon/inline/shared_server.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/settings/server_settings.h"
#include "hpserver/concurrency/server_options.h"

namespace hpserver::binding {

namespace {

Napi::Value open_server(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto options = call[0].As<Napi::Object>();
  SharedServer::Options opening;
  auto addresses = addresses_of(options);
  if (!addresses) return env.Undefined();
  opening.listen = std::move(*addresses);
  const auto max_connections = connection_limit_of(options);
  if (!max_connections) {
    throw_error(env, max_connections.error(), max_connections.error().message());
    return env.Undefined();
  }
  opening.max_connections = *max_connections;
  ServerOptions server_options;
  server_options.listen_options.backlog = static_cast<int>(number_of(options, "backlog"));
  server_options.workers = number_of(options, "loops");
  opening.listen_options = server_options.listen_options;
  opening.shards = options.Get("sharded").ToBoolean() ? server_options.workers : 1;
  Address failed_at;
  const auto server = SharedServer::open(opening, failed_at);
  if (!server) {
    throw_error(env, server.error(), explain_listen_error(server.error(), failed_at));
    return env.Undefined();
  }
  std::vector<std::string> real;
  for (const Address& address : (*server)->addresses()) real.push_back(address.to_string());
  auto result = Napi::Object::New(env);
  result.Set("id", (*server)->id());
  result.Set("addresses", texts(env, real));
  result.Set("warnings", texts(env, warnings_of(server_options)));
  return result;
}

void close_server(const Napi::CallbackInfo& call) {
  const auto server = SharedServer::find(call[0].As<Napi::Number>().Uint32Value());
  if (server != nullptr) server->close_listeners();
}

}  // namespace

void add_server_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("openServer", Napi::Function::New<open_server>(env, "openServer"));
  exports.Set("closeServer", Napi::Function::New<close_server>(env, "closeServer"));
}

}  // namespace hpserver::binding
