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

// One conversation: frame after frame, each answered before the next one is read. While a client
// leaves its answers unread, its next frames wait.
class FrameSession final : public Session {
 public:
  explicit FrameSession(std::unique_ptr<FrameCodec> codec) : codec_(std::move(codec)) {}

  std::size_t on_input(std::string_view input, Channel& channel) override;
  void on_end_of_input(Channel& /*channel*/) override {}
  void on_drained(Channel& /*channel*/) override {}
  void on_timeout(Channel& channel) override;
  void on_close() override {}
  [[nodiscard]] Phase phase() const override;

  // Sends an answer that was deferred.
  void reply(const FrameReply& reply, Channel& channel);

 private:
  friend class FrameCall;

  // False: the connection must be closed.
  [[nodiscard]] bool take_frame(Channel& channel);

  std::unique_ptr<FrameCodec> codec_;
  std::string peer_;  // looked up at the first request for it
  bool awaits_reply_ = false;
};

// How a handler answers its frame: at once, later, or not at all. Lives on the executor's stack
// during one call of the handler, so never keep a reference to it.
class FrameCall {
 public:
  FrameCall(FrameSession& session, Channel& channel) : session_(session), channel_(channel) {}

  // May be called more than once.
  void answer(std::string_view frame);
  // Closes the connection after all answers are sent.
  void close() noexcept { closes_ = true; }
  // Closes the connection likewise, for lack of room, and logs `why`.
  void refuse(std::string_view why) noexcept;
  // Answers later; until then, no further frame is read. Call it once, and call nothing else.
  [[nodiscard]] FrameResponder defer();

  // The client's address; empty if the connection is already closed.
  [[nodiscard]] const std::string& peer();

 private:
  friend class FrameSession;

  FrameSession& session_;
  Channel& channel_;
  bool closes_ = false;
};

}  // namespace hpserver::frame
