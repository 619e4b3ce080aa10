#include "addon/exchange/exchange_calls.h"

#include <optional>
#include <string>

#include "addon/environment.h"
#include "addon/js/hot_call.h"
#include "addon/js/js_error.h"
#include "addon/js/utf8.h"
#include "hpserver/protocol/http/message/uri.h"

namespace hpserver::binding {

namespace {

template <std::size_t Count>
Exchange* exchange_of(const HotCall<Count>& call) {
  return call.template data<Environment>().exchanges.find(call.number(0));
}

// Returns a request's text by `read(exchange)`, one character per byte as in Node; undefined once
// the exchange is over.
template <typename Read>
napi_value read_text(napi_env env, napi_callback_info info, const Read& read) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  return exchange == nullptr ? nullptr : js_latin1(env, read(*exchange));
}

napi_value method(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const Exchange& exchange) { return exchange.method(); });
}

napi_value target(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const Exchange& exchange) { return exchange.target(); });
}

napi_value peer(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](Exchange& exchange) { return exchange.peer(); });
}

napi_value id(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const Exchange& exchange) { return exchange.id(); });
}

napi_value trace_parent(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const Exchange& exchange) { return exchange.trace_parent(); });
}

napi_value header(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  const Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  const auto value = exchange->header(Utf8(env, call[1]).view());
  return value ? js_latin1(env, *value) : js_null(env);
}

// Decoded; null if an escape is malformed, or the result isn't UTF-8.
napi_value param(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  const Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  std::string decoded;
  const bool valid =
      http::percent_decode(exchange->param(Utf8(env, call[1]).view()), decoded) && is_utf8(decoded);
  return valid ? js_text(env, decoded) : js_null(env);
}

// False if there is no room for that many bytes of the body. True also if the exchange is over.
napi_value claim(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  Exchange* const exchange = exchange_of(call);
  const auto bytes = static_cast<std::uint64_t>(call.number(1));
  return js_bool(env, exchange == nullptr || exchange->claim(bytes));
}

napi_value read(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  std::string piece;
  switch (exchange->take_body(piece)) {
    case Exchange::Body::pending:
      return nullptr;
    case Exchange::Body::ended:
      return js_null(env);
    case Exchange::Body::piece:
      break;
  }
  napi_value bytes = nullptr;
  napi_create_buffer_copy(env, piece.size(), piece.data(), nullptr, &bytes);
  return bytes;
}

napi_value watch(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange != nullptr) exchange->watch();
  return js_bool(env, exchange != nullptr);
}

AnswerHead answer_head(napi_env env, std::uint32_t status, napi_value type, napi_value fields) {
  return {env, static_cast<std::uint16_t>(status), type, fields};
}

napi_value send(napi_env env, napi_callback_info info) {
  const HotCall<5> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  Chunk body(env, call[3]);
  exchange->send(answer_head(env, call.uint32(1), call[2], call.given(4)), body);
  return js_bool(env, true);
}

napi_value send_file(napi_env env, napi_callback_info info) {
  const HotCall<6> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  const Utf8 path(env, call[3]);
  FileAnswer answer{answer_head(env, call.uint32(1), call[2], call[5]), path.view(), std::nullopt};
  napi_valuetype root_type = napi_null;
  napi_typeof(env, call[4], &root_type);
  if (root_type == napi_string) answer.root.emplace(Utf8(env, call[4]).view());
  const auto sent = exchange->send_file(answer);
  if (sent) return js_bool(env, true);
  throw_error(env, sent.error(), "root " + *answer.root + ": " + sent.error().message());
  return nullptr;
}

napi_value begin(napi_env env, napi_callback_info info) {
  const HotCall<5> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  const double length = call.number(4);
  std::optional<std::uint64_t> length_bytes;
  if (length >= 0) length_bytes = static_cast<std::uint64_t>(length);
  exchange->begin(answer_head(env, call.uint32(1), call[2], call[3]), length_bytes);
  return js_bool(env, exchange_of(call) != nullptr);
}

// False: the client reads too slowly; null: it has disconnected.
napi_value write(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_null(env);
  Chunk chunk(env, call[1]);
  const bool more = exchange->write(chunk);
  return exchange_of(call) == nullptr ? js_null(env) : js_bool(env, more);
}

napi_value end(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  exchange->end();
  return js_bool(env, true);
}

napi_value abort(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange != nullptr) exchange->abort();
  return nullptr;
}

}  // namespace

void add_exchange_calls(Napi::Env env, Napi::Object exports) {
  struct Call {
    const char* name;
    napi_callback function;
  };
  static constexpr Call kCalls[] = {
      {"method", method},      {"target", target}, {"peer", peer},   {"header", header},
      {"param", param},        {"read", read},     {"watch", watch}, {"send", send},
      {"sendFile", send_file}, {"begin", begin},   {"write", write}, {"end", end},
      {"abort", abort},        {"claim", claim},   {"id", id},       {"traceParent", trace_parent}};
  Environment* const environment = env.GetInstanceData<Environment>();
  for (const Call& call : kCalls) {
    napi_value function = nullptr;
    napi_create_function(env, call.name, NAPI_AUTO_LENGTH, call.function, environment, &function);
    exports.Set(call.name, Napi::Value(env, function));
  }
}

}  // namespace hpserver::binding
