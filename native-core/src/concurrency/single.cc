#include "hpserver/concurrency/single.h"

#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/concurrency/server_signals.h"

namespace hpserver {

Result<std::unique_ptr<Single>> Single::create(const ServerParts& parts,
                                               const ServerOptions& options) {
  const auto blocked = ServerSignals::block(options.handle_signals);
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
  EventLoop& loop = loop_->event_loop();
  std::unique_ptr<ServerSignals> signals;
  if (handle_signals_) {
    auto created = ServerSignals::create(loop, {.on_drain = [this] { begin_drain(); },
                                                .on_end = [this] { loop_->close_all(); },
                                                .on_hangup = std::move(on_hangup)});
    if (!created) return created.error();
    signals = std::move(*created);
  }
  trace_as("loop");
  return loop.run();
}

void Single::drain() {
  loop_->event_loop().post([this] { begin_drain(); });
}

void Single::end() {
  loop_->event_loop().post([this] {
    loop_->close_all();
    loop_->event_loop().stop();
  });
}

void Single::begin_drain() {
  loop_->drain([this] { loop_->event_loop().stop(); });
}

}  // namespace hpserver
