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

// The result of a frame: it is answered or not, and its connection goes on or is closed.
struct FrameReply {
  std::optional<std::string> frame;
  bool close = false;
};

// Reaches the connections of one service from any thread. Outlives them: then it leads nowhere.
class FrameLink : public std::enable_shared_from_this<FrameLink> {
 public:
  explicit FrameLink(ConnectionSet& connections);

  // Any thread: delivers the reply to the connection's session, soon, on its loop's thread.
  void reply(Token connection, FrameReply reply);
  // The loop's thread: delivers it at once.
  void reply_here(Token connection, const FrameReply& reply);

  // The service is being destroyed. On the loop's thread.
  void cut();

 private:
  std::mutex mutex_;  // held while posting, so the loop can't end meanwhile
  EventLoop* loop_;
  ConnectionSet* connections_;  // for the loop's thread; null before the service ends
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
  // Only on the loop's thread: avoids a wake-up of the loop.
  void reply_here(const FrameReply& reply);

 private:
  std::shared_ptr<FrameLink> link_;  // until it has replied
  Token connection_;
};

}  // namespace hpserver::frame
