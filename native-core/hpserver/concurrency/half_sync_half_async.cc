#include "hpserver/concurrency/half_sync_half_async.h"

#include <utility>

#include "hpserver/socket/listen.h"

namespace hpserver {

Result<std::unique_ptr<HalfSyncHalfAsync>> HalfSyncHalfAsync::create(const ServerParts& parts,
                                                                     const ServerOptions& options) {
  std::unique_ptr<HalfSyncHalfAsync> server(new HalfSyncHalfAsync(options));
  auto workers = WorkerLoops::create(parts, options, server->budget_);
  if (!workers) return workers.error();
  server->workers_ = std::move(*workers);
  if (server->accepts_itself()) return server;
  for (std::size_t index = 0; index < server->workers_->count(); ++index) {
    const auto opened = (*server->workers_)[index].open_mailbox();
    if (!opened) return opened.error();
  }
  return server;
}

HalfSyncHalfAsync::~HalfSyncHalfAsync() = default;

// With a single worker, a hand-over would only cost a wake-up.
bool HalfSyncHalfAsync::accepts_itself() const noexcept {
  return workers_->count() == 1;
}

Result<void> HalfSyncHalfAsync::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  if (accepts_itself()) return (*workers_)[0].listen(std::move(listen_fd));
  auto listener = workers_->main().transport->listen(std::move(listen_fd), [this](Fd conn_fd) {
    workers_->least_loaded().send(std::move(conn_fd));
  });
  if (!listener) return listener.error();
  listeners_.push_back(std::move(*listener));
  return {};
}

Result<void> HalfSyncHalfAsync::run(const SignalHub& signals) {
  const auto ran = workers_->run([this] { begin_drain(); }, signals);
  listeners_.clear();
  workers_->main().transport->finish();
  return ran;
}

Result<void> HalfSyncHalfAsync::accompany(Companion& companion) {
  companion.run_beside(*workers_->main().loop);
  return {};
}

void HalfSyncHalfAsync::drain() {
  workers_->main().loop->post([this] { begin_drain(); });
}

void HalfSyncHalfAsync::begin_drain() {
  // Dispatches the backlog first: workers check their mailboxes once more before they drain.
  for (const auto& listener : listeners_) listener->close(Listening::ends);
  workers_->drain();
}

void HalfSyncHalfAsync::end() {
  workers_->end();
}

}  // namespace hpserver
