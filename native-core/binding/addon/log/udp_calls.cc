#include "addon/log/udp_calls.h"

#include <cerrno>
#include <memory>
#include <string>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/log/log_servers.h"
#include "hpserver/base/error.h"
#include "hpserver/link/host_port.h"
#include "hpserver/log/remote_syslog.h"

namespace hpserver::binding {

namespace {

void open_log_server(const Napi::CallbackInfo& call) {
  const auto options = call[0].As<Napi::Object>();
  const std::string text = text_of(options, "address");
  const auto resolved = resolve_host_port(text);
  if (!resolved.ok()) {
    const Error error{EADDRNOTAVAIL, "getaddrinfo"};
    return throw_error(call.Env(), error, text + ": " + resolved.error.message());
  }
  LogServers::open("udp", resolved.addresses.front(),
                   std::make_unique<RemoteSyslog>(log_source_of(options)));
}

// Returns null if lines can be sent there. Blocks while the name is resolved.
Napi::Value fault_of_log_server(const Napi::CallbackInfo& call) {
  const std::string text = call[0].As<Napi::String>();
  const auto fault = [&](const std::string& why) { return Napi::String::New(call.Env(), why); };
  if (!parse_host_port(text)) return fault("is not a host and port, such as loghost:514");
  const auto resolved = resolve_host_port(text);
  if (!resolved.ok()) return fault(resolved.error.message());
  return call.Env().Null();
}

}  // namespace

void add_udp_log(Napi::Env env, Napi::Object exports) {
  exports.Set("openLogServer", Napi::Function::New<open_log_server>(env, "openLogServer"));
  exports.Set("faultOfLogServer",
              Napi::Function::New<fault_of_log_server>(env, "faultOfLogServer"));
}

}  // namespace hpserver::binding
