#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "addon/frame/frame_neighbours.h"
#include "addon/frame/js_frames.h"
#include "addon/queue/inbox.h"
#include "addon/queue/work_queue.h"
#include "addon/uv/uv_wake.h"

namespace hpserver::binding {

// A frame that waits for a JavaScript thread. If it is dropped, its connection is closed.
struct QueuedFrame {
  std::uint32_t protocol;
  std::string bytes;
  std::string peer;
  frame::FrameResponder responder;
};

// Frames that native threads queue, and that any JavaScript thread serving them answers. If the
// queue is full, the connection is closed.
class QueuedFrames final : public FrameNeighbours {
 public:
  static void add_to(Napi::Env env, Napi::Object exports) {
    FrameNeighbours::add_to(env, exports, std::make_unique<QueuedFrames>());
  }

  ~QueuedFrames() override { close_now(); }

 private:
  using Queue = WorkQueue<QueuedFrame>;
  class Handler;

  // One per process, like its server; the first call sets its capacity.
  static Queue& queue(std::size_t capacity);

  std::shared_ptr<frame::FrameHandler> make_handler(std::uint32_t protocol,
                                                    std::size_t queue_capacity) override;
  void serve(Napi::Env env, napi_value on_frame) override;
  void reply(double number, frame::FrameReply reply) override;
  void enter_by(std::function<void()>) override {}

  void on_wake();
  [[nodiscard]] bool take_frames();
  void close_now();

  Queue* queue_ = nullptr;        // once laid out
  std::unique_ptr<JsFrames> js_;  // null: this thread serves none
  std::unique_ptr<UvWake> wake_;
  std::shared_ptr<Inbox> inbox_;
  std::vector<QueuedFrame> entries_;
};

}  // namespace hpserver::binding
