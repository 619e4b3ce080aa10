#pragma once

#include <node_api.h>

#include <string>

#include "hpserver/base/error.h"

namespace hpserver::binding {

// A JavaScript error as Node's own are: `code` ("EADDRINUSE"), `syscall` ("bind"), `errno`.
napi_value error_object(napi_env env, const Error& error, const std::string& message);

// Throws it.
void throw_error(napi_env env, const Error& error, const std::string& message);

// Throws a TypeError: the caller has passed what it must not.
void throw_type_error(napi_env env, const std::string& message);

// Reports an error that no JavaScript stands above to catch, as an uncaught exception.
void report_fatal(napi_env env, const Error& error);

// After a call into JavaScript: hands an exception that it let out to 'uncaughtException'.
void report_pending(napi_env env);

}  // namespace hpserver::binding
