#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hpserver/base/token.h"

namespace hpserver {
class ConnectionSet;
class EventLoop;
}  // namespace hpserver

namespace hpserver::frame {

// What becomes of a frame: its answer, if any, and whether its connection is closed.
struct FrameReply {
  std::optional<std::string> frame;
  bool close = false;
};

// Delivers replies to the connections of one service, from any thread. May outlive the service;
// replies are then dropped.
class FrameLink : public std::enable_shared_from_this<FrameLink> {
 public:
  explicit FrameLink(ConnectionSet& connections);

  // Any thread: soon delivers the reply to the connection's session, on its loop's thread.
  void reply(Token connection, FrameReply reply);
  // The loop's thread: delivers the reply at once.
  void reply_here(Token connection, const FrameReply& reply);

  // Called on the loop's thread when the service is destroyed: drops all further replies.
  void cut();

 private:
  std::mutex mutex_;  // held while posting, so the loop can't end meanwhile
  EventLoop* loop_;
  ConnectionSet* connections_;  // for the loop's thread; null after `cut`
};

// The right to answer one frame later, once, from any thread. If it is destroyed without an answer,
// the connection is closed. If the connection or its server is closed by then, nothing happens.
class FrameResponder {
 public:
  FrameResponder(std::shared_ptr<FrameLink> link, Token connection);
  FrameResponder(FrameResponder&& other) noexcept = default;
  FrameResponder& operator=(FrameResponder&& other) noexcept;
  ~FrameResponder();

  void reply(FrameReply reply);
  // Only on the loop's thread: saves waking the loop up.
  void reply_here(const FrameReply& reply);

 private:
  std::shared_ptr<FrameLink> link_;  // null once it has replied
  Token connection_;
};

}  // namespace hpserver::frame
