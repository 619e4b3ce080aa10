#include "addon/frame/js_frames.h"

#include <array>

#include "addon/environment.h"
#include "addon/exchange/chunk.h"
#include "addon/js/hot_call.h"
#include "addon/js/js_error.h"

namespace hpserver::binding {

JsFrames::JsFrames(napi_env env, napi_value on_frame) : env_(env) {
  napi_create_reference(env, on_frame, 1, &on_frame_);
  void* environment = nullptr;
  napi_get_instance_data(env, &environment);
  environment_ = static_cast<Environment*>(environment);
}

JsFrames::~JsFrames() {
  napi_delete_reference(env_, on_frame_);
}

std::optional<frame::FrameResponder> JsFrames::take(double number) {
  auto pending = pending_.extract(number);
  if (pending.empty()) return std::nullopt;
  return std::move(pending.mapped());
}

std::optional<frame::FrameReply> JsFrames::call(std::uint32_t protocol, double number,
                                                std::string_view frame, std::string_view peer) {
  // Otherwise all frames of a turn would be kept until it ends.
  napi_handle_scope scope = nullptr;
  napi_open_handle_scope(env_, &scope);
  std::array<napi_value, 4> arguments{};
  napi_create_uint32(env_, protocol, &arguments[0]);
  napi_create_double(env_, number, &arguments[1]);
  napi_create_buffer_copy(env_, frame.size(), frame.data(), nullptr, &arguments[2]);
  arguments[3] = js_text(env_, peer);
  napi_value callee = nullptr;
  napi_value receiver = nullptr;
  napi_value returned = nullptr;
  napi_get_reference_value(env_, on_frame_, &callee);
  napi_get_undefined(env_, &receiver);
  ++environment_->calls_under_way;
  const napi_status status =
      napi_call_function(env_, receiver, callee, arguments.size(), arguments.data(), &returned);
  --environment_->calls_under_way;
  if (status != napi_ok) report_pending(env_);
  auto reply = status == napi_ok ? reply_in(returned)
                                 : frame::FrameReply{.frame = std::nullopt, .close = true};
  napi_close_handle_scope(env_, scope);
  return reply;
}

// As described in server/native-frames.ts.
std::optional<frame::FrameReply> JsFrames::reply_in(napi_value returned) const {
  napi_valuetype type = napi_undefined;
  napi_typeof(env_, returned, &type);
  switch (type) {
    case napi_undefined:
      return std::nullopt;
    case napi_null:
      return frame::FrameReply{};
    case napi_boolean:
      return frame::FrameReply{.frame = std::nullopt, .close = true};
    default:
      return frame::FrameReply{.frame = Chunk(env_, returned).take(), .close = false};
  }
}

}  // namespace hpserver::binding
