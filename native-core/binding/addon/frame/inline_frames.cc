#include "addon/frame/inline_frames.h"

#include <utility>

namespace hpserver::binding {

class InlineFrames::Handler final : public frame::FrameHandler {
 public:
  Handler(InlineFrames& frames, std::uint32_t protocol) : frames_(frames), protocol_(protocol) {}

  void on_frame(std::string_view frame, frame::FrameCall& call) override {
    if (frames_.js_ == nullptr) return call.close();
    frames_.js_->ask(
        protocol_, frame, call.peer(),
        [&call](const frame::FrameReply& reply) {
          if (reply.frame) call.answer(*reply.frame);
          if (reply.close) call.close();
        },
        [&call] { return call.defer(); });
  }

 private:
  InlineFrames& frames_;
  const std::uint32_t protocol_;
};

std::shared_ptr<frame::FrameHandler> InlineFrames::make_handler(std::uint32_t protocol,
                                                                std::size_t) {
  return std::make_shared<Handler>(*this, protocol);
}

void InlineFrames::serve(Napi::Env env, napi_value on_frame) {
  js_ = std::make_unique<JsFrames>(env, on_frame);
}

void InlineFrames::reply(double number, frame::FrameReply reply) {
  if (js_ == nullptr || !enter_) return;
  auto responder = js_->take(number);
  if (!responder) return;
  enter_();
  responder->reply_here(reply);
}

}  // namespace hpserver::binding
