#include "addon/daemon/limit_calls.h"

#include <cstdint>
#include <string>

#include "addon/js/js_error.h"
#include "hpserver/base/whole_number.h"
#include "hpserver/os/limits.h"

namespace hpserver::binding {

namespace {

void limit(const Napi::CallbackInfo& call, Result<void> (*set)(std::uint64_t)) {
  const std::string text = call[0].As<Napi::String>();
  const auto bytes = whole_number<std::uint64_t>(text);
  const auto limited = bytes ? set(*bytes) : Result<void>(Error{EINVAL, "setrlimit"});
  if (!limited) throw_error(call.Env(), limited.error(), limited.error().message());
}

void limit_core(const Napi::CallbackInfo& call) {
  limit(call, limit_core_file);
}

void limit_memory(const Napi::CallbackInfo& call) {
  limit(call, limit_address_space);
}

}  // namespace

void add_limit_calls(Napi::Env env, Napi::Object exports) {
  exports.Set("limitCoreFile", Napi::Function::New<limit_core>(env, "limitCoreFile"));
  exports.Set("limitAddressSpace", Napi::Function::New<limit_memory>(env, "limitAddressSpace"));
}

}  // namespace hpserver::binding
