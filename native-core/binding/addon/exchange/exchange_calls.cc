#include "addon/exchange/exchange_calls.h"

#include <optional>
#include <string>

#include "addon/environment.h"
#include "addon/exchange/chunk.h"
#include "addon/js/hot_call.h"
#include "addon/js/js_error.h"
#include "hpserver/protocol/http/message/field_syntax.h"
#include "hpserver/protocol/http/message/uri.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver::binding {

namespace {

template <std::size_t Count>
Exchange* exchange_of(const HotCall<Count>& call) {
  return call.template data<Environment>().exchanges.find(call.number(0));
}

// A request's text by `read(request)`; undefined once the exchange is over.
template <typename Read>
napi_value read_text(napi_env env, napi_callback_info info, const Read& read) {
  const HotCall<1> call(env, info);
  const Exchange* const exchange = exchange_of(call);
  return exchange == nullptr ? nullptr : js_text(env, read(exchange->request()));
}

napi_value method(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const http::Request& request) { return request.method_name(); });
}

napi_value target(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const http::Request& request) { return request.target(); });
}

napi_value peer(napi_env env, napi_callback_info info) {
  return read_text(env, info, [](const http::Request& request) {
    const auto address = request.peer();
    return address ? address->to_string() : std::string{};
  });
}

// Fields of one name make one list. See: RFC 9110 section 5.3.
napi_value header(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  const Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  const Utf8 name(env, call[1]);
  const http::Request& request = exchange->request();
  std::optional<std::string> list;
  for (std::size_t index = 0; index < request.header_count(); ++index) {
    if (!http::equal_ignoring_case(request.header_name(index), name.view())) continue;
    if (list) list->append(", ");
    if (!list) list.emplace();
    list->append(request.header_value(index));
  }
  return list ? js_text(env, *list) : js_null(env);
}

// Decoded; null where an escape is malformed.
napi_value param(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  const Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  const Utf8 name(env, call[1]);
  std::string decoded;
  const bool valid = http::percent_decode(exchange->request().param(name.view()), decoded);
  return valid ? js_text(env, decoded) : js_null(env);
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

// `fields` is null, or an array of names and values in turn.
void add_fields(napi_env env, napi_value fields, http::Response& response) {
  std::uint32_t count = 0;
  if (napi_get_array_length(env, fields, &count) != napi_ok) return;
  for (std::uint32_t index = 0; index + 1 < count; index += 2) {
    napi_value name = nullptr;
    napi_value value = nullptr;
    napi_get_element(env, fields, index, &name);
    napi_get_element(env, fields, index + 1, &value);
    response.header(Utf8(env, name).view(), Utf8(env, value).view());
  }
}

struct Head {
  std::uint16_t status;
  napi_value type;
  napi_value fields;
};

void add_head(napi_env env, const Head& head, http::Response& response) {
  response.status(head.status);
  const Utf8 type(env, head.type);
  if (!type.view().empty()) response.content_type(type.view());
  add_fields(env, head.fields, response);
}

napi_value send(napi_env env, napi_callback_info info) {
  const HotCall<5> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  const Head head{static_cast<std::uint16_t>(call.uint32(1)), call[2], call[4]};
  Chunk body(env, call[3]);
  exchange->answer([&](http::Request&, http::Response& response) {
    add_head(env, head, response);
    if (body.shareable()) {
      auto owner = body.share();
      response.send_shared(std::move(owner), body.view());
    } else {
      response.send(body.view());
    }
  });
  return js_bool(env, true);
}

napi_value send_file(napi_env env, napi_callback_info info) {
  const HotCall<4> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  http::StaticFiles* files = nullptr;
  napi_valuetype root_type = napi_null;
  napi_typeof(env, call[2], &root_type);
  if (root_type == napi_string) {
    const std::string root(Utf8(env, call[2]).view());
    const auto opened = exchange->host().files_below(root);
    if (!opened) {
      throw_error(env, opened.error(), "root " + root + ": " + opened.error().message());
      return nullptr;
    }
    files = *opened;
  }
  const Utf8 path(env, call[1]);
  exchange->answer([&](http::Request& request, http::Response& response) {
    add_fields(env, call[3], response);
    if (files == nullptr) return response.send_file(path.view());
    files->serve_path(path.view(), request, response);
  });
  return js_bool(env, true);
}

napi_value begin(napi_env env, napi_callback_info info) {
  const HotCall<5> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  const Head head{static_cast<std::uint16_t>(call.uint32(1)), call[2], call[3]};
  const double length = call.number(4);
  std::optional<std::uint64_t> length_bytes;
  if (length >= 0) length_bytes = static_cast<std::uint64_t>(length);
  exchange->begin_answer([&](http::Request&, http::Response& response) {
    add_head(env, head, response);
    response.begin_stream(length_bytes);
  });
  return js_bool(env, exchange_of(call) != nullptr);
}

// False: the client reads too slowly; null: it has gone.
napi_value write(napi_env env, napi_callback_info info) {
  const HotCall<2> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_null(env);
  Chunk chunk(env, call[1]);
  const bool more = exchange->stream([&](http::Response& response) {
    if (!chunk.shareable()) return response.write(chunk.view());
    auto owner = chunk.share();
    return response.write_shared(std::move(owner), chunk.view());
  });
  return exchange_of(call) == nullptr ? js_null(env) : js_bool(env, more);
}

napi_value end(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return js_bool(env, false);
  exchange->answer([](http::Request&, http::Response& response) { response.end(); });
  return js_bool(env, true);
}

napi_value abort(napi_env env, napi_callback_info info) {
  const HotCall<1> call(env, info);
  Exchange* const exchange = exchange_of(call);
  if (exchange == nullptr) return nullptr;
  exchange->answer([](http::Request&, http::Response& response) { response.abort(); });
  return nullptr;
}

}  // namespace

void add_exchange_calls(Napi::Env env, Napi::Object exports) {
  struct Call {
    const char* name;
    napi_callback function;
  };
  static constexpr Call kCalls[] = {{"method", method}, {"target", target}, {"peer", peer},
                                    {"header", header}, {"param", param},   {"read", read},
                                    {"watch", watch},   {"send", send},     {"sendFile", send_file},
                                    {"begin", begin},   {"write", write},   {"end", end},
                                    {"abort", abort}};
  Environment* const environment = env.GetInstanceData<Environment>();
  for (const Call& call : kCalls) {
    napi_value function = nullptr;
    napi_create_function(env, call.name, NAPI_AUTO_LENGTH, call.function, environment, &function);
    exports.Set(call.name, Napi::Value(env, function));
  }
}

}  // namespace hpserver::binding
