#include "addon/js/js_error.h"

#include <cstring>

namespace hpserver::binding {

namespace {

napi_value text(napi_env env, const std::string& value) {
  napi_value result = nullptr;
  napi_create_string_utf8(env, value.data(), value.size(), &result);
  return result;
}

}  // namespace

napi_value error_object(napi_env env, const Error& error, const std::string& message) {
  const char* const name = ::strerrorname_np(error.code);
  napi_value result = nullptr;
  napi_create_error(env, text(env, name == nullptr ? "EUNKNOWN" : name), text(env, message),
                    &result);
  napi_set_named_property(env, result, "syscall", text(env, error.operation));
  napi_value number = nullptr;
  napi_create_int32(env, -error.code, &number);
  napi_set_named_property(env, result, "errno", number);
  return result;
}

void throw_error(napi_env env, const Error& error, const std::string& message) {
  napi_throw(env, error_object(env, error, message));
}

void throw_type_error(napi_env env, const std::string& message) {
  napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message.c_str());
}

void report_fatal(napi_env env, const Error& error) {
  napi_fatal_exception(env, error_object(env, error, error.message()));
}

void report_pending(napi_env env) {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (!pending) return;
  napi_value exception = nullptr;
  if (napi_get_and_clear_last_exception(env, &exception) != napi_ok) return;
  napi_fatal_exception(env, exception);
}

}  // namespace hpserver::binding
