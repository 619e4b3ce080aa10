#include "hpserver/transport/readiness_transport.h"

#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/connection/connection.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/acceptor.h"

namespace hpserver {

Result<std::unique_ptr<Listener>> ReadinessTransport::listen(Fd listen_fd, OnAccept on_accept) {
  auto acceptor =
      Acceptor::create(loop_, std::move(listen_fd), listener_trigger_, std::move(on_accept));
  if (!acceptor) return acceptor.error();
  return std::unique_ptr<Listener>(std::move(*acceptor));
}

void ReadinessTransport::open(Connection& connection) {
  connection.readable_ = early_reads_.expects_input();
}

void ReadinessTransport::close(Connection& connection) {
  if (!connection.registered_) return;
  if (trigger_ == Trigger::level) {
    loop_.unwatch(connection.fd());
  } else {
    loop_.forget(connection.fd());
  }
}

// An io_uring holds a socket until its next wait tells it to stop watching; until then the peer
// would not see the close.
void ReadinessTransport::finish() {
  static_cast<void>(loop_.wait(std::chrono::milliseconds::zero()));
}

Result<std::size_t> ReadinessTransport::receive(Connection& connection, std::span<char> room) {
  const auto received = hpserver::receive(connection.fd(), room);
  if (!connection.registered_ && !connection.spoken_) early_reads_.note(received.ok());
  if (received.ok() && *received > 0) trace(TraceStep::read, connection.fd());
  return received;
}

Result<Flush> ReadinessTransport::flush(Connection& connection, Workspace& workspace,
                                        std::uint64_t budget_bytes, std::uint64_t& sent_bytes) {
  const std::uint64_t before_bytes = sent_bytes;
  const auto flushed =
      connection.outgoing().flush(workspace, connection.fd(), budget_bytes, sent_bytes);
  if (sent_bytes > before_bytes) trace(TraceStep::write, connection.fd());
  return flushed;
}

bool ReadinessTransport::await(Connection& connection, Interest wanted) {
  // Unmet edge-triggered interest costs nothing, so it is only ever extended: readable from the
  // start, writable once a send was refused. Level-triggered interest would be reported over and
  // over, so it is exactly what can be acted on. Oneshot interest is used up, so it is set again
  // each time.
  if (trigger_ == Trigger::edge) {
    wanted = {.readable = true, .writable = wanted.writable || connection.interest_.writable};
  }
  const bool registered = connection.registered_;
  if (registered && wanted == connection.interest_ && trigger_ != Trigger::oneshot) return true;
  connection.registered_ = true;
  connection.interest_ = wanted;
  if (trigger_ == Trigger::oneshot) trace(TraceStep::rearm, connection.fd());
  const auto result = registered
                          ? loop_.modify(connection.fd(), connection.token(), wanted, trigger_)
                          : loop_.watch(connection.fd(), connection.token(), wanted, trigger_);
  return result.ok();
}

}  // namespace hpserver
