#include "hpserver/protocol/frame/session.h"

#include "hpserver/connection/channel.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/event/call_watch.h"
#include "hpserver/event/notices.h"
#include "hpserver/protocol/frame/service.h"
#include "hpserver/socket/address.h"

namespace hpserver::frame {

namespace {

// How many frames, or parts of a frame, to handle for one client before others get their turn.
constexpr int kStepsPerTurn = 128;

FrameService& service_of(const Channel& channel) {
  return static_cast<FrameService&>(channel.service());
}

}  // namespace

std::size_t FrameSession::on_input(std::string_view input, Channel& channel) {
  std::size_t consumed = 0;
  for (int steps = 0; consumed < input.size() && !awaits_reply_ && !channel.congested(); ++steps) {
    if (steps == kStepsPerTurn) {
      channel.yield();
      break;
    }
    const auto fed = codec_->feed(input.substr(consumed));
    consumed += fed.consumed_bytes;
    if (fed.outcome == FrameCodec::Outcome::more) continue;
    if (fed.outcome == FrameCodec::Outcome::frame && take_frame(channel)) continue;
    channel.close_after_output();
    break;
  }
  return consumed;
}

bool FrameSession::take_frame(Channel& channel) {
  FrameService& service = service_of(channel);
  FrameCall call(*this, channel);
  const CallMark::Call mark(channel.call_mark(), "a frame");
  const bool returned =
      channel.connections().call_out([&] { service.handler().on_frame(codec_->frame(), call); });
  if (!returned) {
    awaits_reply_ = false;
    return false;
  }
  if (!awaits_reply_) return !call.closes_ && !service.draining();
  channel.pause_input();
  return true;
}

void FrameSession::on_timeout(Channel& channel) {
  if (!awaits_reply_) return;
  channel.connections().loop().notices().note(
      Notices::Kind::overdue, {"the handler of a frame has not answered by its deadline: its "
                               "connection was closed"});
}

void FrameSession::reply(const FrameReply& reply, Channel& channel) {
  if (!awaits_reply_) return;
  awaits_reply_ = false;
  if (reply.frame) codec_->write(channel, *reply.frame);
  channel.resume_input();
  if (reply.close || service_of(channel).draining()) channel.close_after_output();
}

Phase FrameSession::phase() const {
  if (awaits_reply_) return Phase::respond;
  return codec_->idle() ? Phase::idle : Phase::body;
}

void FrameCall::answer(std::string_view frame) {
  session_.codec_->write(channel_, frame);
}

void FrameCall::refuse(std::string_view why) noexcept {
  channel_.connections().loop().notices().note(
      Notices::Kind::refused, {"a frame was refused because ", why, ": its connection was closed"});
  close();
}

FrameResponder FrameCall::defer() {
  session_.awaits_reply_ = true;
  return {service_of(channel_).link(channel_), channel_.token()};
}

const std::string& FrameCall::peer() {
  if (!session_.peer_.empty()) return session_.peer_;
  const auto address = channel_.peer();
  if (address) session_.peer_ = address->to_string();
  return session_.peer_;
}

}  // namespace hpserver::frame
