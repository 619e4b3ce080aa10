#pragma once

#include <node_api.h>

#include <string>

#include "hpserver/base/error.h"

namespace hpserver::binding {

// Creates an error like Node's own: `code` ("EADDRINUSE"), `syscall` ("bind"), `errno`.
napi_value error_object(napi_env env, const Error& error, const std::string& message);

// Throws such an error.
void throw_error(napi_env env, const Error& error, const std::string& message);

// Throws a TypeError: the caller has passed an invalid argument.
void throw_type_error(napi_env env, const std::string& message);

// Reports an error as an uncaught exception, if no JavaScript is on the stack to catch it.
void report_fatal(napi_env env, const Error& error);

// After a call into JavaScript: passes an exception that it has thrown to 'uncaughtException'.
void report_pending(napi_env env);

}  // namespace hpserver::binding
