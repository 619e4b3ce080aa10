#pragma once

#include <memory>
#include <utility>

#include "hpserver/protocol/http/handler.h"

namespace hpserver::http {

// What stands between a route and its handler: a check of who asks, a field in every answer. Owned
// by the router, which all loops share: on_request is called from several threads at once unless
// there is one loop only.
class Middleware {
 public:
  virtual ~Middleware() = default;

  // Answers itself, or goes on with `next`, which lives as long as the router: also in a step of a
  // Responder, when the request was deferred; a route that takes its body streamed is to be called
  // at once. Must not block: the loop's other connections wait.
  virtual void on_request(Request& request, Response& response, Handler& next) = 0;
};

// A plain function, or anything that can be called like one, as a middleware.
template <typename Function>
class FunctionMiddleware final : public Middleware {
 public:
  explicit FunctionMiddleware(Function function) : function_(std::move(function)) {}
  void on_request(Request& request, Response& response, Handler& next) override {
    function_(request, response, next);
  }

 private:
  Function function_;
};

template <typename Function>
[[nodiscard]] std::unique_ptr<Middleware> make_middleware(Function function) {
  return std::make_unique<FunctionMiddleware<Function>>(std::move(function));
}

}  // namespace hpserver::http
