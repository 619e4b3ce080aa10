#include "addon/loop/server_calls.h"

#include <cstdint>
#include <string>
#include <vector>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/loop/shared_server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/os/limits.h"

namespace hpserver::binding {

namespace {

// An eighth is left to Node, its modules, logs and the files that are being sent.
constexpr std::uint64_t kReservedShare = 8;

Napi::Array texts(Napi::Env env, const std::vector<std::string>& values) {
  auto result = Napi::Array::New(env, values.size());
  for (std::uint32_t index = 0; index < values.size(); ++index) result.Set(index, values[index]);
  return result;
}

Napi::Value open_server(const Napi::CallbackInfo& call) {
  const Napi::Env env = call.Env();
  const auto options = call[0].As<Napi::Object>();
  SharedServer::Options opening;
  for (const std::string& text : texts_of(options, "listen")) {
    const auto address = Address::parse(text);
    if (!address) {
      throw_error(env, address.error(),
                  "cannot listen on " + text + ": " + address.error().message());
      return env.Undefined();
    }
    opening.listen.push_back(*address);
  }
  ServerOptions server_options;
  server_options.listen_options.backlog = static_cast<int>(number_of(options, "backlog"));
  server_options.workers = number_of(options, "loops");
  opening.listen_options = server_options.listen_options;
  opening.shards = options.Get("sharded").ToBoolean() ? server_options.workers : 1;
  opening.max_connections = size_of(options, "maxConnections");
  Address failed_at;
  const auto server = SharedServer::open(opening, failed_at);
  if (!server) {
    throw_error(env, server.error(), explain_listen_error(server.error(), failed_at));
    return env.Undefined();
  }
  std::vector<std::string> addresses;
  for (const Address& address : (*server)->addresses()) addresses.push_back(address.to_string());
  auto result = Napi::Object::New(env);
  result.Set("id", (*server)->id());
  result.Set("addresses", texts(env, addresses));
  result.Set("warnings", texts(env, warnings_of(server_options)));
  return result;
}

void close_server(const Napi::CallbackInfo& call) {
  const auto server = SharedServer::find(call[0].As<Napi::Number>().Uint32Value());
  if (server != nullptr) server->close_listeners();
}

Napi::Value connection_limit(const Napi::CallbackInfo& call) {
  const auto limit = raise_descriptor_limit();
  if (!limit) {
    throw_error(call.Env(), limit.error(), limit.error().message());
    return call.Env().Undefined();
  }
  const std::uint64_t count = limit->soft - limit->soft / kReservedShare;
  return Napi::Number::New(call.Env(), static_cast<double>(count));
}

}  // namespace

void add_server_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("openServer", Napi::Function::New<open_server>(env, "openServer"));
  exports.Set("closeServer", Napi::Function::New<close_server>(env, "closeServer"));
  exports.Set("connectionLimit", Napi::Function::New<connection_limit>(env, "connectionLimit"));
}

}  // namespace hpserver::binding
