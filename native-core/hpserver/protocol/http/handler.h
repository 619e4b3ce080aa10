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

// How a route takes a request's body.
enum class BodyMode : std::uint8_t {
  buffered,  // on_request when it is complete; beyond RouteOptions::max_body_bytes it is a 413
  streamed,  // on_request at the head; the body goes to the BodySink that it names
};

// What a route is told beside its handler: `{.max_body_bytes = 64 << 20}`.
struct RouteOptions {
  BodyMode body_mode = BodyMode::buffered;
  // 413 beyond, whether it is buffered or streamed; 0: HttpLimits::max_body_bytes. May be more.
  std::uint64_t max_body_bytes = 0;
};

// What the application does for a route. Owned by the router, which all loops share: on_request is
// called from several threads at once unless there is one loop only.
class Handler {
 public:
  virtual ~Handler() = default;

  // Answers, defers, or detaches. Must not block: the loop's other connections wait.
  virtual void on_request(Request& request, Response& response) = 0;
};

// A plain function, or anything that can be called like one, as a handler.
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
