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

// What becomes of a frame: it is answered or not, and its connection goes on or ends.
struct FrameReply {
  std::optional<std::string> frame;
  bool close = false;
};

// The way from any thread to the connections of one service. Outlives them: then it leads nowhere.
class FrameLink : public std::enable_shared_from_this<FrameLink> {
 public:
  explicit FrameLink(ConnectionSet& connections);

  // Any thread: the connection's session goes on with the reply, on its loop's thread, soon.
  void reply(Token connection, FrameReply reply);
  // The loop's thread: at once.
  void reply_here(Token connection, const FrameReply& reply);

  // The service ends. On the loop's thread.
  void cut();

 private:
  std::mutex mutex_;  // held while posting: the loop can't end meanwhile
  EventLoop* loop_;
  ConnectionSet* connections_;  // for the loop's thread; gone before the service is
};

// The right to answer one frame later, once, from any thread. Where it is dropped without, the
// connection is closed; if that or its whole server is gone by then, nothing happens.
class FrameResponder {
 public:
  FrameResponder(std::shared_ptr<FrameLink> link, Token connection);
  FrameResponder(FrameResponder&& other) noexcept = default;
  FrameResponder& operator=(FrameResponder&& other) noexcept;
  ~FrameResponder();

  void reply(FrameReply reply);
  // The loop's thread only, where it spares the way over the loop's wake-up.
  void reply_here(const FrameReply& reply);

 private:
  std::shared_ptr<FrameLink> link_;  // until it has replied
  Token connection_;
};

}  // namespace hpserver::frame
