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

// Answers the frames of a protocol.
class FrameHandler {
 public:
  virtual ~FrameHandler() = default;
  // On an executor's thread. `frame` is valid during the call.
  virtual void on_frame(std::string_view frame, FrameCall& call) = 0;
};

// The logic unit of a protocol whose conversations are alternating frames and answers. One per
// executor, on its thread; executors may share its handler.
class FrameService final : public Service {
 public:
  using MakeCodec = std::function<std::unique_ptr<FrameCodec>()>;

  FrameService(MakeCodec make_codec, std::shared_ptr<FrameHandler> handler)
      : make_codec_(std::move(make_codec)), handler_(std::move(handler)) {}
  ~FrameService() override;

  Session* open() override { return std::make_unique<FrameSession>(make_codec_()).release(); }
  void close(Session& session) override { const std::unique_ptr<Session> ended(&session); }
  // A client over the limit is disconnected without a reply.
  [[nodiscard]] std::string_view refusal() const override { return {}; }
  void drain() override { draining_.store(true, std::memory_order_relaxed); }

 private:
  friend class FrameCall;
  friend class FrameSession;

  [[nodiscard]] FrameHandler& handler() const noexcept { return *handler_; }
  // Every frame answered from now on is the last on its connection.
  [[nodiscard]] bool draining() const noexcept { return draining_.load(std::memory_order_relaxed); }
  const std::shared_ptr<FrameLink>& link(Channel& channel);

  MakeCodec make_codec_;
  std::shared_ptr<FrameHandler> handler_;
  std::atomic<bool> draining_{false};
  // Shared on purpose: a responder may outlive its server.
  std::shared_ptr<FrameLink> link_;
};

}  // namespace hpserver::frame
