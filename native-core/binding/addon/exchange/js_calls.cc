#include "addon/exchange/js_calls.h"

#include <array>

#include "addon/environment.h"
#include "addon/js/js_error.h"

namespace hpserver::binding {

JsCalls::JsCalls(napi_env env, napi_value on_request, napi_value on_event) : env_(env) {
  napi_create_reference(env, on_request, 1, &on_request_);
  napi_create_reference(env, on_event, 1, &on_event_);
  void* environment = nullptr;
  napi_get_instance_data(env, &environment);
  environment_ = static_cast<Environment*>(environment);
}

JsCalls::~JsCalls() {
  napi_delete_reference(env_, on_request_);
  napi_delete_reference(env_, on_event_);
}

void JsCalls::on_request(std::uint32_t route, double exchange) {
  if (silent_) return;
  std::array<napi_value, 2> arguments{};
  napi_create_uint32(env_, route, &arguments[0]);
  napi_create_double(env_, exchange, &arguments[1]);
  call(on_request_, arguments);
}

void JsCalls::on_event(double exchange, ExchangeEvent event) {
  if (silent_) return;
  std::array<napi_value, 2> arguments{};
  napi_create_double(env_, exchange, &arguments[0]);
  napi_create_uint32(env_, static_cast<std::uint32_t>(event), &arguments[1]);
  call(on_event_, arguments);
}

void JsCalls::call(napi_ref function, const std::array<napi_value, 2>& arguments) {
  napi_value callee = nullptr;
  napi_value receiver = nullptr;
  napi_get_reference_value(env_, function, &callee);
  napi_get_undefined(env_, &receiver);
  ++environment_->calls_under_way;
  const napi_status status =
      napi_call_function(env_, receiver, callee, arguments.size(), arguments.data(), nullptr);
  --environment_->calls_under_way;
  if (status != napi_ok) report_pending(env_);
}

}  // namespace hpserver::binding
