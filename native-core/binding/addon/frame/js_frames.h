#pragma once

#include <node_api.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "hpserver/protocol/frame/responder.h"

namespace hpserver::binding {

struct Environment;

// The frames of one JavaScript thread: passed to its function, and answered by its result or, by
// their numbers, at any time later. For that thread.
class JsFrames {
 public:
  // Keeps the function alive.
  JsFrames(napi_env env, napi_value on_frame);
  ~JsFrames();

  JsFrames(const JsFrames&) = delete;
  JsFrames& operator=(const JsFrames&) = delete;

  // Passes a frame to JavaScript, and answers with `now(reply)` at once, or later with the
  // responder that `later()` returns.
  template <typename Now, typename Later>
  void ask(std::uint32_t protocol, std::string_view frame, std::string_view peer, const Now& now,
           const Later& later) {
    const double number = ++last_number_;
    auto reply = call(protocol, number, frame, peer);
    if (reply) return now(std::move(*reply));
    pending_.emplace(number, later());
  }

  // Returns the responder of a deferred frame; nothing if it was already answered.
  [[nodiscard]] std::optional<frame::FrameResponder> take(double number);

 private:
  // Nothing: it is answered later.
  std::optional<frame::FrameReply> call(std::uint32_t protocol, double number,
                                        std::string_view frame, std::string_view peer);
  [[nodiscard]] std::optional<frame::FrameReply> reply_in(napi_value returned) const;

  napi_env env_;
  Environment* environment_ = nullptr;
  napi_ref on_frame_ = nullptr;
  double last_number_ = 0;
  std::unordered_map<double, frame::FrameResponder> pending_;
};

}  // namespace hpserver::binding
