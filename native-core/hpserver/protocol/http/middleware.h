#pragma once

#include <memory>
#include <utility>

#include "hpserver/protocol/http/handler.h"

namespace hpserver::http {

// Runs before a route's handler: checks the client, adds a field to every answer. Owned by the
// router, which all loops share: several threads may call on_request at once unless there is only
// one loop.
class Middleware {
 public:
  virtual ~Middleware() = default;

  // Answers itself, or calls `next`, which lives as long as the router. If the request was
  // deferred, a step of a Responder may also call `next`; but on a route with a streamed body it
  // must be called at once. Must not block, or the loop's other connections wait.
  virtual void on_request(Request& request, Response& response, Handler& next) = 0;
};

// A plain function, or any other callable, as a middleware.
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
