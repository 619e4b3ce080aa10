#pragma once

#include <string>

#include "addon/exchange/js_calls.h"
#include "hpserver/base/result.h"

namespace hpserver::http {
class HttpService;
class StaticFiles;
}  // namespace hpserver::http

namespace hpserver::binding {

// What an exchange needs of the loop that it belongs to.
class ExchangeHost {
 public:
  virtual ~ExchangeHost() = default;
  // Before the service is used outside of a turn.
  virtual void enter() = 0;
  [[nodiscard]] virtual http::HttpService& service() = 0;
  [[nodiscard]] virtual JsCalls& calls() = 0;
  // Whether a handler that is called now is nobody's guest: JavaScript that stands above it would
  // lend it its async context, and wait for its end.
  [[nodiscard]] virtual bool may_call_handler() const = 0;
  // Has the exchange with this number call its handler in a turn of its own, soon.
  virtual void postpone(double exchange) = 0;
  // The files below another folder than the server's own, opened once. Errors: those of
  // StaticFiles::create.
  [[nodiscard]] virtual Result<http::StaticFiles*> files_below(const std::string& root) = 0;
};

}  // namespace hpserver::binding
