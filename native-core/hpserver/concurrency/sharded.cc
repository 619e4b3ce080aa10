#include "hpserver/concurrency/sharded.h"

#include <utility>

#include "hpserver/concurrency/shards.h"

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

Result<void> Sharded::listen(const Address& address) {
  auto listen_fds = listen_shards(address, listen_options_, workers_->count());
  if (!listen_fds) return listen_fds.error();
  const auto real = Address::local_of(listen_fds->front().get());
  if (!real) return real.error();
  addresses_.push_back(*real);
  for (std::size_t index = 0; index < workers_->count(); ++index) {
    const auto listening = (*workers_)[index].listen(std::move((*listen_fds)[index]));
    if (!listening) return listening;
  }
  return {};
}

Result<void> Sharded::run(std::function<void()> on_hangup) {
  return workers_->run([this] { workers_->drain(); }, std::move(on_hangup));
}

void Sharded::drain() {
  workers_->drain();
}

void Sharded::end() {
  workers_->end();
}

}  // namespace hpserver
