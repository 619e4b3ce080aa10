#include "addon/settings/server_settings.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

#include "addon/environment.h"
#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/notice/notice_board.h"
#include "addon/settings/process_memory.h"
#include "hpserver/os/file.h"
#include "hpserver/os/limits.h"

namespace hpserver::binding {

namespace {

// Leaves an eighth to Node, its modules, logs and files being sent.
constexpr std::uint64_t kReservedShare = 8;

// The parser counts in 16 bits; larger values were rejected when they were set.
std::uint16_t limit_of(const Napi::Object& options, const char* name) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::min(size_of(options, name), kMost));
}

}  // namespace

Result<http::HttpOptions> HttpSettings::make_options() const {
  http::HttpOptions result;
  result.limits = limits;
  auto files = http::StaticFiles::create(root);
  if (!files) return files.error();
  result.files = std::move(*files);
  result.access_log = access_log.get();
  for (const HttpOptionSetter set : further) set(result);
  return result;
}

Result<HttpSettings> http_settings_of(const Napi::Object& options) {
  HttpSettings result;
  result.root = text_of(options, "root");
  result.limits = http_limits_of(options);
  result.further = options.Env().GetInstanceData<Environment>()->http_option_setters;
  const std::string access_log = text_of(options, "accessLog");
  if (access_log.empty()) return result;
  auto log = AccessLogFile::open(access_log);
  if (!log) return log.error();
  result.access_log = std::move(*log);
  return result;
}

ConnectionDeadlines deadlines_of(const Napi::Object& options) {
  ConnectionDeadlines result;
  result.header_timeout = time_of(options, "headerTimeoutMs");
  result.body_timeout = time_of(options, "bodyTimeoutMs");
  result.idle_timeout = time_of(options, "idleTimeoutMs");
  result.write_timeout = time_of(options, "writeTimeoutMs");
  result.handler_timeout = time_of(options, "handlerTimeoutMs");
  if (text_of(options, "halfClose") == "abort") result.half_close = HalfClose::abort;
  return result;
}

http::HttpLimits http_limits_of(const Napi::Object& options) {
  http::HttpLimits result;
  result.parse.target_bytes = limit_of(options, "maxTargetBytes");
  result.parse.head_bytes = limit_of(options, "maxHeadBytes");
  result.parse.fields = limit_of(options, "maxFields");
  result.max_body_bytes = size_of(options, "maxBodyBytes");
  result.min_body_rate = size_of(options, "minBodyRate");
  result.body_grace = time_of(options, "bodyTimeoutMs");
  return result;
}

ServerOptions server_options_of(const Napi::Object& options) {
  ServerOptions result;
  result.limits.deadlines = deadlines_of(options);
  result.limits.max_unsent_bytes = size_of(options, "maxUnsentBytes");
  result.limits.memory_budget = process_memory(size_of(options, "maxBufferedBytes"));
  result.drain_timeout = time_of(options, "drainTimeoutMs");
  result.on_notice = NoticeBoard::put;
  read_further(options, result);
  result.call_watch = result.limits.watch_calls();
  return result;
}

void read_further(const Napi::Object& options, ServerOptions& result) {
  for (const OptionReader read : options.Env().GetInstanceData<Environment>()->option_readers) {
    read(options, result);
  }
}

std::optional<std::vector<Address>> addresses_of(const Napi::Object& options) {
  std::vector<Address> addresses;
  for (const std::string& text : texts_of(options, "listen")) {
    const auto address = Address::parse(text);
    if (!address) {
      throw_error(options.Env(), address.error(),
                  "cannot listen on " + text + ": " + address.error().message());
      return std::nullopt;
    }
    addresses.push_back(*address);
  }
  return addresses;
}

Result<std::size_t> connection_limit_of(const Napi::Object& options) {
  const std::uint64_t told = size_of(options, "maxConnections");
  if (told > 0) return static_cast<std::size_t>(told);
  const auto limit = raise_descriptor_limit();
  if (!limit) return limit.error();
  return static_cast<std::size_t>(limit->soft - limit->soft / kReservedShare);
}

std::string explain(const Error& error, const Napi::Object& options) {
  if (std::string_view(error.operation) != "open") return error.message();
  // Two things are opened, in any order: if one of them can be opened now, it was not the cause.
  const std::string root = text_of(options, "root");
  if (!open_directory(root.c_str())) return "cannot open the root " + root + ": " + error.message();
  const std::string access_log = text_of(options, "accessLog");
  if (access_log.empty()) return error.message();
  return "cannot open the access log " + access_log + ": " + error.message();
}

Napi::Array texts(Napi::Env env, const std::vector<std::string>& values) {
  auto result = Napi::Array::New(env, values.size());
  for (std::uint32_t index = 0; index < values.size(); ++index) result.Set(index, values[index]);
  return result;
}

}  // namespace hpserver::binding
