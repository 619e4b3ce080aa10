#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/connection/service.h"
#include "hpserver/protocol/frame/codec.h"
#include "hpserver/protocol/frame/responder.h"

namespace hpserver::frame {

// One conversation: frame after frame, each answered before the next one is looked at. A client
// that doesn't read its answers has to wait with its next frames.
class FrameSession final : public Session {
 public:
  explicit FrameSession(std::unique_ptr<FrameCodec> codec) : codec_(std::move(codec)) {}

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& /*channel*/) override {}
  void on_drained(Channel& /*channel*/) override {}
  void on_timeout(Channel& channel) override;
  void on_close() override {}
  [[nodiscard]] Phase phase() const override;

  // The answer that was left for later.
  void reply(const FrameReply& reply, Channel& channel);

 private:
  friend class FrameCall;

  // False: the connection ends.
  [[nodiscard]] bool take_frame(Channel& channel);

  std::unique_ptr<FrameCodec> codec_;
  std::string peer_;  // once it was asked for
  bool awaits_reply_ = false;
};

// A frame in the hands of its handler, which answers at once, later, or not at all. Lives on the
// executor's stack for the length of one call; never keep one.
class FrameCall {
 public:
  FrameCall(FrameSession& session, Channel& channel) : session_(session), channel_(channel) {}

  // May be called more than once.
  void answer(std::string_view frame);
  // The connection ends when all answers are out.
  void close() noexcept { closes_ = true; }
  // As `close`, for want of room: the log hears `why`.
  void refuse(std::string_view why) noexcept;
  // The answer comes later: no further frame is looked at before. Call it once, and nothing else.
  [[nodiscard]] FrameResponder defer();

  // The client's address; empty where the connection is gone already.
  [[nodiscard]] const std::string& peer();

 private:
  friend class FrameSession;

  FrameSession& session_;
  Channel& channel_;
  bool closes_ = false;
};

}  // namespace hpserver::frame
