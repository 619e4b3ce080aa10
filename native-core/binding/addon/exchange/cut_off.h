#pragma once

#include "addon/exchange/js_calls.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::binding {

// How an exchange ended whose handler has not given the whole answer: the client has gone, or the
// session has answered by itself.
[[nodiscard]] inline ExchangeEvent cut_off_event(const http::Response& response) noexcept {
  if (!response.ended()) return ExchangeEvent::gone;
  return response.status() == 503 ? ExchangeEvent::overdue : ExchangeEvent::refused;
}

}  // namespace hpserver::binding
