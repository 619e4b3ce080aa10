#pragma once

#include "hpserver/connection/transport.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/transport/early_reads.h"

namespace hpserver {

// Non-blocking sockets: recv(2), sendmsg(2) and sendfile(2) move bytes when the loop reports that
// they can. Any executor may call `receive` and `flush`, one at a time for a connection. The loop
// must outlive it.
class ReadinessTransport final : public Transport {
 public:
  // The triggers for connections and for listeners.
  ReadinessTransport(EventLoop& loop, Trigger trigger, Trigger listener_trigger)
      : loop_(loop), trigger_(trigger), listener_trigger_(listener_trigger) {}

  Result<std::unique_ptr<Listener>> listen(Fd listen_fd, OnAccept on_accept) override;
  void serve_many_hands() override { trigger_ = Trigger::oneshot; }
  void open(Connection& connection) override;
  void close(Connection& connection) override;
  void finish() override;
  Result<std::size_t> receive(Connection& connection, std::span<char> room) override;
  Result<Flush> flush(Connection& connection, Workspace& workspace, std::uint64_t budget_bytes,
                      std::uint64_t& sent_bytes) override;
  [[nodiscard]] bool await(Connection& connection, Interest wanted) override;

 private:
  EventLoop& loop_;
  Trigger trigger_;
  Trigger listener_trigger_;
  EarlyReads early_reads_;
};

}  // namespace hpserver
