#pragma once

#include <string>

#include "addon/exchange/js_calls.h"
#include "hpserver/base/result.h"

namespace hpserver::http {
class HttpService;
class StaticFiles;
}  // namespace hpserver::http

namespace hpserver::binding {

// What an exchange needs from its loop.
class ExchangeHost {
 public:
  virtual ~ExchangeHost() = default;
  // Call it before using the service outside of a turn.
  virtual void enter() = 0;
  [[nodiscard]] virtual http::HttpService& service() = 0;
  [[nodiscard]] virtual JsCalls& calls() = 0;
  // Whether a handler may be called now: not while other JavaScript is on the stack, since the
  // handler would inherit its async context and keep it waiting.
  [[nodiscard]] virtual bool may_call_handler() const = 0;
  // Has the exchange with this number call its handler soon, in a turn of its own.
  virtual void postpone(double exchange) = 0;
  // The files below another folder than the server's own, opened only once. Errors: those of
  // StaticFiles::create.
  [[nodiscard]] virtual Result<http::StaticFiles*> files_below(const std::string& root) = 0;
};

}  // namespace hpserver::binding
