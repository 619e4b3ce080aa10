#include "hpserver/concurrency/half_sync_half_async.h"

#include <utility>

#include "hpserver/concurrency/server_signals.h"

namespace hpserver {

Result<std::unique_ptr<HalfSyncHalfAsync>> HalfSyncHalfAsync::create(const ServerParts& parts,
                                                                     const ServerOptions& options) {
  const auto blocked = ServerSignals::block();
  if (!blocked) return blocked.error();
  std::unique_ptr<HalfSyncHalfAsync> server(new HalfSyncHalfAsync(options));
  auto poller = parts.make_poller();
  if (!poller) return poller.error();
  auto main = Reactor::create(std::move(*poller));
  if (!main) return main.error();
  server->main_ = std::move(*main);
  auto workers = WorkerLoops::create(parts, options, server->budget_);
  if (!workers) return workers.error();
  server->workers_ = std::move(*workers);
  for (std::size_t index = 0; index < server->workers_->count(); ++index) {
    const auto opened = (*server->workers_)[index].open_mailbox();
    if (!opened) return opened.error();
  }
  return server;
}

HalfSyncHalfAsync::~HalfSyncHalfAsync() = default;

Result<void> HalfSyncHalfAsync::listen(const Address& address) {
  auto listen_fd = listen_on(address, listen_options_);
  if (!listen_fd) return listen_fd.error();
  const auto real = Address::local_of(listen_fd->get());
  if (!real) return real.error();
  auto acceptor = Acceptor::create(*main_, std::move(*listen_fd), trigger_, [this](Fd conn_fd) {
    workers_->least_loaded().send(std::move(conn_fd));
  });
  if (!acceptor) return acceptor.error();
  acceptors_.push_back(std::move(*acceptor));
  addresses_.push_back(*real);
  return {};
}

Result<void> HalfSyncHalfAsync::run(std::function<void()> on_hangup) {
  auto signals = ServerSignals::create(*main_, {.on_drain = [this] { begin_drain(); },
                                                .on_end = [this] { workers_->end(); },
                                                .on_hangup = std::move(on_hangup)});
  if (!signals) return signals.error();
  const auto started = workers_->start([this] { main_->stop(); });
  if (!started) return started;
  const auto ran = main_->run();
  const auto joined = workers_->join();
  return ran ? joined : ran;
}

void HalfSyncHalfAsync::drain() {
  main_->post([this] { begin_drain(); });
}

void HalfSyncHalfAsync::begin_drain() {
  // First what the backlog holds is dispatched: the workers look into their mailboxes once more
  // before they drain.
  for (const auto& acceptor : acceptors_) acceptor->close();
  workers_->drain();
}

}  // namespace hpserver
