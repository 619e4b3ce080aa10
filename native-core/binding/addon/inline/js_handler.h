#pragma once

#include <cstdint>

#include "addon/exchange/exchange_table.h"
#include "addon/inline/loop_exchange.h"
#include "hpserver/protocol/http/handler.h"

namespace hpserver::binding {

// The handler of a route whose logic is JavaScript. For its loop's thread: each loop has a router
// of its own.
class JsHandler final : public http::Handler {
 public:
  JsHandler(ExchangeTable& exchanges, ExchangeHost& host, std::uint32_t route)
      : exchanges_(exchanges), host_(host), route_(route) {}

  void on_request(http::Request& request, http::Response& response) override {
    LoopExchange* const exchange = exchanges_.take<LoopExchange>();
    if (exchange == nullptr) return response.refuse("too many are under way");
    exchange->begin_request(host_, route_, request, response);
  }

 private:
  ExchangeTable& exchanges_;
  ExchangeHost& host_;
  const std::uint32_t route_;
};

}  // namespace hpserver::binding
