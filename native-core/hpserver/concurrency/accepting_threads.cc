#include "hpserver/concurrency/accepting_threads.h"

#include <cstddef>
#include <utility>

#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

Result<void> AcceptingThreads::open(const ServerParts& parts, const ServerOptions& options) {
  auto workers = WorkerLoops::create(parts, options, budget_);
  if (!workers) return workers.error();
  workers_ = std::move(*workers);
  return {};
}

Result<void> AcceptingThreads::listen(const Address& address) {
  auto listen_fd = listen_on(address, listen_options_);
  if (!listen_fd) return listen_fd.error();
  const auto real = Address::local_of(listen_fd->get());
  if (!real) return real.error();
  addresses_.push_back(*real);
  // One socket and one backlog for all; each has a descriptor that it closes itself.
  for (std::size_t index = 0; index < workers_->count(); ++index) {
    auto own = duplicate(listen_fd->get());
    if (!own) return own.error();
    const auto listening = (*workers_)[index].listen(std::move(*own));
    if (!listening) return listening;
  }
  return {};
}

Result<void> AcceptingThreads::run(std::function<void()> on_hangup) {
  return workers_->run([this] { workers_->drain(); }, std::move(on_hangup));
}

}  // namespace hpserver
