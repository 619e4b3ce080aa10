#include "hpserver/concurrency/one_loop_server.h"

#include <utility>

#include "hpserver/socket/listen.h"

namespace hpserver {

Result<void> OneLoopServer::open(const ServerParts& parts, const ServerOptions& options,
                                 Duties duties) {
  const auto blocked = ServerSignals::block(options.handle_signals);
  if (!blocked) return blocked;
  auto loop = Loop::create(parts, options, budget_, duties);
  if (!loop) return loop.error();
  loop_ = std::move(*loop);
  return {};
}

Result<void> OneLoopServer::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  return loop_->listen(std::move(listen_fd));
}

Result<void> OneLoopServer::run_loop(const SignalHub& signals) {
  const auto heard = hear_signals(signals);
  if (!heard) return heard.error();
  const WatchedLoop watched = watch_loop();
  tell_serving();
  return loop_->run();
}

WatchedLoop OneLoopServer::watch_loop() {
  return {loop_->event_loop(), watchdog_, "the main loop", WatchedLoop::Role::main};
}

void OneLoopServer::tell_serving() const {
  if (on_serving_) on_serving_();
}

Result<std::unique_ptr<ServerSignals>> OneLoopServer::hear_signals(const SignalHub& signals) {
  if (!handle_signals_) return std::unique_ptr<ServerSignals>();
  return ServerSignals::create_guarded(loop_->event_loop(), signals,
                                       {.on_drain = [this] { begin_drain(); },
                                        .on_end = [this] { loop_->close_all(); },
                                        .before_drain = before_drain_},
                                       guard_);
}

Result<void> OneLoopServer::accompany(Companion& companion) {
  companion.run_beside(loop_->event_loop());
  return {};
}

void OneLoopServer::drain() {
  loop_->event_loop().post([this] { begin_drain(); });
}

void OneLoopServer::end() {
  loop_->event_loop().post([this] {
    loop_->close_all();
    on_drained();
  });
}

void OneLoopServer::begin_drain() {
  on_drain();
  loop_->drain([this] { on_drained(); });
}

}  // namespace hpserver
