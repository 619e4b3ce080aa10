#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "hpserver/connection/service.h"
#include "hpserver/protocol/frame/codec.h"
#include "hpserver/protocol/frame/responder.h"
#include "hpserver/protocol/frame/session.h"

namespace hpserver::frame {

// Who answers the frames of a protocol.
class FrameHandler {
 public:
  virtual ~FrameHandler() = default;
  // On the thread of an executor. `frame` is valid during the call.
  virtual void on_frame(std::string_view frame, FrameCall& call) = 0;
};

// The logic unit of a protocol whose conversations are frames and their answers, in turn. One per
// executor, on its thread; its handler may be shared by all of them.
class FrameService final : public Service {
 public:
  using MakeCodec = std::function<std::unique_ptr<FrameCodec>()>;

  FrameService(MakeCodec make_codec, std::shared_ptr<FrameHandler> handler)
      : make_codec_(std::move(make_codec)), handler_(std::move(handler)) {}
  ~FrameService() override;

  Session* open() override { return std::make_unique<FrameSession>(make_codec_()).release(); }
  void close(Session& session) override { const std::unique_ptr<Session> ended(&session); }
  // Who is one too many is closed without a word.
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override { draining_.store(true, std::memory_order_relaxed); }

 private:
  friend class FrameCall;
  friend class FrameSession;

  [[nodiscard]] FrameHandler& handler() const noexcept { return *handler_; }
  // Every frame that is answered from now on is its connection's last one.
  [[nodiscard]] bool draining() const noexcept { return draining_.load(std::memory_order_relaxed); }
  const std::shared_ptr<FrameLink>& link(Channel& channel);

  MakeCodec make_codec_;
  std::shared_ptr<FrameHandler> handler_;
  std::atomic<bool> draining_{false};
  // Shared on purpose: a responder may outlive its server.
  std::shared_ptr<FrameLink> link_;
};

}  // namespace hpserver::frame
