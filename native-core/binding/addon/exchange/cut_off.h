#pragma once

#include <cstdint>

#include "addon/exchange/js_calls.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::binding {

// The status of the answer if the server can't serve a request at the moment.
inline constexpr std::uint16_t kServiceUnavailable = 503;

// How an exchange ended before its handler gave the whole answer: the client has disconnected, or
// the session has answered by itself.
[[nodiscard]] inline ExchangeEvent cut_off_event(const http::Response& response) noexcept {
  if (!response.ended()) return ExchangeEvent::gone;
  return response.status() == kServiceUnavailable ? ExchangeEvent::overdue : ExchangeEvent::refused;
}

// Nothing follows such an event.
[[nodiscard]] constexpr bool is_cut_off(ExchangeEvent event) noexcept {
  return event == ExchangeEvent::gone || event == ExchangeEvent::refused ||
         event == ExchangeEvent::overdue;
}

}  // namespace hpserver::binding
