#include "addon/frame/queued_frames.h"

#include <utility>

#include "addon/js/js_error.h"
#include "hpserver/base/trace.h"

namespace hpserver::binding {

namespace {

// Takes one at a time: a frame that an idle thread could take must not wait behind a handler that
// blocks, or that ends its thread.
constexpr std::size_t kFramesPerTake = 1;

}  // namespace

class QueuedFrames::Handler final : public frame::FrameHandler {
 public:
  Handler(Queue& queue, std::uint32_t protocol) : queue_(queue), protocol_(protocol) {}

  void on_frame(std::string_view frame, frame::FrameCall& call) override {
    if (!queue_.reserve()) return call.refuse("the queue is full");
    trace(TraceStep::queue);
    queue_.push({protocol_, std::string(frame), call.peer(), call.defer()});
  }

 private:
  Queue& queue_;
  const std::uint32_t protocol_;
};

QueuedFrames::Queue& QueuedFrames::queue(std::size_t capacity) {
  // Never destroyed: other threads may still be working when the process exits.
  static Queue& instance = *new Queue(capacity);
  return instance;
}

std::shared_ptr<frame::FrameHandler> QueuedFrames::make_handler(std::uint32_t protocol,
                                                                std::size_t queue_capacity) {
  queue_ = &queue(queue_capacity);
  return std::make_shared<Handler>(*queue_, protocol);
}

void QueuedFrames::serve(Napi::Env env, napi_value on_frame) {
  if (queue_ == nullptr || wake_ != nullptr) return;
  auto wake = UvWake::create(
      env, {.on_wake = [this] { on_wake(); }, .on_teardown = [this] { close_now(); }});
  if (!wake) return throw_error(env, wake.error(), wake.error().message());
  wake_ = std::move(*wake);
  // The server, or the worker that takes its requests, keeps the thread alive.
  wake_->unref();
  js_ = std::make_unique<JsFrames>(env, on_frame);
  inbox_ = std::make_shared<Inbox>(*wake_);
  queue_->join(inbox_);
}

void QueuedFrames::reply(double number, frame::FrameReply reply) {
  if (js_ == nullptr) return;
  auto responder = js_->take(number);
  if (responder) responder->reply(std::move(reply));
}

void QueuedFrames::on_wake() {
  bool found = true;
  for (int count = 0; found && count < UvWake::kTakesPerWake; ++count) found = take_frames();
  // The thread is woken for the next frame only after it has found none.
  if (found) inbox_->wake();
}

bool QueuedFrames::take_frames() {
  queue_->take(inbox_, kFramesPerTake, entries_);
  for (QueuedFrame& entry : entries_) {
    trace(TraceStep::process);
    js_->ask(
        entry.protocol, entry.bytes, entry.peer,
        [&entry](frame::FrameReply reply) { entry.responder.reply(std::move(reply)); },
        [&entry] { return std::move(entry.responder); });
  }
  const bool found = !entries_.empty();
  entries_.clear();
  return found;
}

void QueuedFrames::close_now() {
  if (wake_ == nullptr) return;
  queue_->leave(inbox_);
  inbox_->close();
  wake_.reset();
  // Connections not answered by now are closed.
  js_.reset();
}

}  // namespace hpserver::binding
