#include "hpserver/concurrency/sharded.h"

#include <utility>

namespace hpserver {

Result<std::unique_ptr<Sharded>> Sharded::create(const ServerParts& parts,
                                                 const ServerOptions& options) {
  std::unique_ptr<Sharded> server(new Sharded(options));
  auto workers = WorkerLoops::create(parts, options, server->budget_);
  if (!workers) return workers.error();
  server->workers_ = std::move(*workers);
  return server;
}

Sharded::~Sharded() = default;

Result<void> Sharded::accept_from(std::size_t acceptor, Fd listen_fd) {
  return (*workers_)[acceptor].listen(std::move(listen_fd));
}

Result<void> Sharded::run(const SignalHub& signals) {
  return workers_->run([this] { workers_->drain(); }, signals);
}

Result<void> Sharded::accompany(Companion& companion) {
  companion.run_beside(*workers_->main().loop);
  return {};
}

void Sharded::drain() {
  workers_->drain();
}

void Sharded::end() {
  workers_->end();
}

}  // namespace hpserver
