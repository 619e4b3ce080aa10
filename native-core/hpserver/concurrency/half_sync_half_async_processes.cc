#include "hpserver/concurrency/half_sync_half_async_processes.h"

#include <unistd.h>

#include <utility>

#include "hpserver/socket/listen.h"

namespace hpserver {

Result<std::unique_ptr<HalfSyncHalfAsyncProcesses>> HalfSyncHalfAsyncProcesses::create(
    const ServerParts& parts, const ServerOptions& options) {
  std::unique_ptr<HalfSyncHalfAsyncProcesses> server(new HalfSyncHalfAsyncProcesses(options));
  const auto opened = server->open(
      parts, options, [&self = *server](const WorkerContext&, WorkerProcess&) -> Result<void> {
        // A worker that kept them open would hold the port after the parent has exited.
        for (const int listen_fd : self.listen_fds_) ::close(listen_fd);
        return {};
      });
  if (!opened) return opened.error();
  return server;
}

Result<void> HalfSyncHalfAsyncProcesses::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  listen_fds_.push_back(listen_fd.get());
  auto listener = workers().main().transport->listen(
      std::move(listen_fd), [this](Fd conn_fd) { workers().pool().hand_over(std::move(conn_fd)); });
  if (!listener) return listener.error();
  listeners_.push_back(std::move(*listener));
  return {};
}

Result<void> HalfSyncHalfAsyncProcesses::run(const SignalHub& signals) {
  const auto ran = ProcessServer::run(signals);
  listeners_.clear();
  workers().main().transport->finish();
  return ran;
}

// Dispatches the backlog first: workers check their channels once more before they drain.
void HalfSyncHalfAsyncProcesses::close_listeners() {
  for (const auto& listener : listeners_) listener->close(Listening::ends);
}

}  // namespace hpserver
