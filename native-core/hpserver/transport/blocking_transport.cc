#include "hpserver/transport/blocking_transport.h"

#include <algorithm>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/connection/connection.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/blocking_acceptor.h"

namespace hpserver {

Result<std::unique_ptr<Listener>> BlockingTransport::listen(Fd listen_fd, OnAccept on_accept) {
  auto acceptor = BlockingAcceptor::create(loop_, std::move(listen_fd), std::move(on_accept));
  if (!acceptor) return acceptor.error();
  return std::unique_ptr<Listener>(std::move(*acceptor));
}

void BlockingTransport::open(Connection& connection) {
  // A deadline shorter than a slice still applies.
  const ConnectionDeadlines& deadlines = *connection.deadlines_;
  const auto slice =
      std::min({BlockingLoop::kSlice, deadlines.handshake_timeout, deadlines.header_timeout,
                deadlines.body_timeout, deadlines.idle_timeout, deadlines.write_timeout,
                deadlines.linger_timeout});
  loop_.open(connection.fd(), connection.token(), slice);
}

void BlockingTransport::close(Connection& connection) {
  loop_.close(connection.fd());
}

Result<std::size_t> BlockingTransport::receive(Connection& connection, std::span<char> room) {
  loop_.limit_receive(connection.fd());
  const auto received = hpserver::receive(connection.fd(), room);
  // Deadlines count from now, not from when the sleep began.
  loop_.refresh_now();
  connection.set_.workspace_.now = loop_.now();
  if (received.ok() && *received > 0) trace(TraceStep::read, connection.fd());
  return received;
}

Result<Flush> BlockingTransport::flush(Connection& connection, Workspace& workspace,
                                       std::uint64_t budget_bytes, std::uint64_t& sent_bytes) {
  loop_.limit_send(connection.fd());
  const std::uint64_t before_bytes = sent_bytes;
  const auto flushed =
      connection.outgoing().flush(workspace, connection.fd(), budget_bytes, sent_bytes);
  loop_.refresh_now();
  if (sent_bytes > before_bytes) trace(TraceStep::write, connection.fd());
  return flushed;
}

bool BlockingTransport::await(Connection& connection, Interest wanted) {
  loop_.await(connection.fd(), wanted);
  return true;
}

}  // namespace hpserver
