#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "hpserver/protocol/http/body_sink.h"
#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/responder.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::http {

// How a route receives a request's body.
enum class BodyMode : std::uint8_t {
  buffered,  // calls on_request once the body is complete; 413 above RouteOptions::max_body_bytes
  streamed,  // calls on_request after the head; that call names the BodySink for the body
};

// A route's options besides its handler: `{.max_body_bytes = 64 << 20}`.
struct RouteOptions {
  BodyMode body_mode = BodyMode::buffered;
  // A longer body gets a 413, buffered or streamed. 0: HttpLimits::max_body_bytes applies, which
  // this value may exceed.
  std::uint64_t max_body_bytes = 0;
};

// The application's code for a route. Owned by the router, which all loops share: several threads
// may call on_request at once unless there is only one loop.
class Handler {
 public:
  virtual ~Handler() = default;

  // Answers, defers, or detaches. Must not block, or the loop's other connections wait.
  virtual void on_request(Request& request, Response& response) = 0;
};

// A plain function, or any other callable, as a handler.
template <typename Function>
class FunctionHandler final : public Handler {
 public:
  explicit FunctionHandler(Function function) : function_(std::move(function)) {}
  void on_request(Request& request, Response& response) override { function_(request, response); }

 private:
  Function function_;
};

template <typename Function>
[[nodiscard]] std::unique_ptr<Handler> make_handler(Function function) {
  return std::make_unique<FunctionHandler<Function>>(std::move(function));
}

}  // namespace hpserver::http
