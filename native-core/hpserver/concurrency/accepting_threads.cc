#include "hpserver/concurrency/accepting_threads.h"

#include <utility>

#include "hpserver/os/fd_flags.h"

namespace hpserver {

Result<void> AcceptingThreads::open(const ServerParts& parts, const ServerOptions& options) {
  auto workers = WorkerLoops::create(parts, options, budget_);
  if (!workers) return workers.error();
  workers_ = std::move(*workers);
  return {};
}

// One socket and one backlog for all; each thread has its own duplicate to close.
Result<void> AcceptingThreads::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  for (std::size_t index = 0; index < workers_->count(); ++index) {
    auto own = duplicate(listen_fd.get());
    if (!own) return own.error();
    const auto listening = (*workers_)[index].listen(std::move(*own));
    if (!listening) return listening;
  }
  return {};
}

Result<void> AcceptingThreads::accompany(Companion& companion) {
  companion.run_beside(*workers_->main().loop);
  return {};
}

Result<void> AcceptingThreads::run(const SignalHub& signals) {
  return workers_->run([this] { workers_->drain(); }, signals);
}

}  // namespace hpserver
