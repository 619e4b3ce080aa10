#include "addon/log/syslog_calls.h"

#include <memory>

#include "addon/js/js_error.h"
#include "addon/js/js_value.h"
#include "addon/log/log_servers.h"
#include "hpserver/log/local_syslog.h"
#include "hpserver/socket/address.h"

namespace hpserver::binding {

namespace {

void open_syslog(const Napi::CallbackInfo& call) {
  const auto options = call[0].As<Napi::Object>();
  const auto address = Address::parse(text_of(options, "address"));
  if (!address) return throw_error(call.Env(), address.error(), address.error().message());
  LogServers::open("syslog", *address, std::make_unique<LocalSyslog>(log_source_of(options)));
}

}  // namespace

void add_syslog(Napi::Env env, Napi::Object exports) {
  exports.Set("openSyslog", Napi::Function::New<open_syslog>(env, "openSyslog"));
}

}  // namespace hpserver::binding
