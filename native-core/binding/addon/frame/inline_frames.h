#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "addon/frame/frame_neighbours.h"
#include "addon/frame/js_frames.h"

namespace hpserver::binding {

// Frames that JavaScript answers directly, on the thread of their connection.
class InlineFrames final : public FrameNeighbours {
 public:
  static void add_to(Napi::Env env, Napi::Object exports) {
    FrameNeighbours::add_to(env, exports, std::make_unique<InlineFrames>());
  }

 private:
  class Handler;

  std::shared_ptr<frame::FrameHandler> make_handler(std::uint32_t protocol,
                                                    std::size_t queue_capacity) override;
  void serve(Napi::Env env, napi_value on_frame) override;
  void reply(double number, frame::FrameReply reply) override;
  void enter_by(std::function<void()> enter) override { enter_ = std::move(enter); }

  std::unique_ptr<JsFrames> js_;  // null: this thread serves none
  std::function<void()> enter_;   // empty: there is no loop
};

}  // namespace hpserver::binding
