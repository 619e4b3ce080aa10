#include "hpserver/concurrency/single.h"

#include <utility>

#include "hpserver/concurrency/server_signals.h"

namespace hpserver {

Result<std::unique_ptr<Single>> Single::create(const ServerParts& parts,
                                               const ServerOptions& options) {
  const auto blocked = ServerSignals::block();
  if (!blocked) return blocked.error();
  std::unique_ptr<Single> server(new Single(options));
  auto loop = Loop::create(parts, options, server->budget_);
  if (!loop) return loop.error();
  server->loop_ = std::move(*loop);
  return server;
}

Single::~Single() = default;

Result<void> Single::listen(const Address& address) {
  auto listen_fd = listen_on(address, listen_options_);
  if (!listen_fd) return listen_fd.error();
  const auto real = Address::local_of(listen_fd->get());
  if (!real) return real.error();
  addresses_.push_back(*real);
  return loop_->listen(std::move(*listen_fd));
}

Result<void> Single::run(std::function<void()> on_hangup) {
  Reactor& reactor = loop_->reactor();
  auto signals = ServerSignals::create(reactor, {.on_drain = [this] { begin_drain(); },
                                                 .on_end = [this] { loop_->close_all(); },
                                                 .on_hangup = std::move(on_hangup)});
  if (!signals) return signals.error();
  return reactor.run();
}

void Single::drain() {
  loop_->reactor().post([this] { begin_drain(); });
}

void Single::begin_drain() {
  loop_->drain([this] { loop_->reactor().stop(); });
}

}  // namespace hpserver
