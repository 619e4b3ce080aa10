#pragma once

#include <memory>

#include "hpserver/connection/transport.h"
#include "hpserver/transport/blocking_loop.h"

namespace hpserver {

// Blocking sockets: recv(2), sendmsg(2) and sendfile(2) sleep until bytes have moved, or until
// SO_RCVTIMEO or SO_SNDTIMEO have passed; then the connection's deadlines are checked. The loop
// must outlive it.
class BlockingTransport final : public Transport {
 public:
  explicit BlockingTransport(BlockingLoop& loop) : loop_(loop) {}

  Result<std::unique_ptr<Listener>> listen(Fd listen_fd, OnAccept on_accept) override;
  void open(Connection& connection) override;
  void close(Connection& connection) override;
  Result<std::size_t> receive(Connection& connection, std::span<char> room) override;
  Result<Flush> flush(Connection& connection, Workspace& workspace, std::uint64_t budget_bytes,
                      std::uint64_t& sent_bytes) override;
  [[nodiscard]] bool await(Connection& connection, Interest wanted) override;

 private:
  BlockingLoop& loop_;
};

}  // namespace hpserver
