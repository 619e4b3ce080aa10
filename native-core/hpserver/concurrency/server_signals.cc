#include "hpserver/concurrency/server_signals.h"

#include <csignal>
#include <utility>

namespace hpserver {

Result<void> ServerSignals::block(bool handle_signals) {
  const auto ignored = ignore_sigpipe();
  if (!ignored || !handle_signals) return ignored;
  // A tool that means another server, or an older one, must not end this one.
  const auto disregarded = disregard_signals({SIGUSR1, SIGUSR2, SIGALRM});
  if (!disregarded) return disregarded;
  return block_signals({SIGTERM, SIGINT, SIGHUP});
}

Result<std::unique_ptr<ServerSignals>> ServerSignals::create(EventLoop& loop, Callbacks callbacks) {
  auto source = SignalSource::create({SIGTERM, SIGINT, SIGHUP});
  if (!source) return source.error();
  std::unique_ptr<ServerSignals> signals(new ServerSignals(loop, std::move(callbacks)));
  const auto watched =
      loop.watch(source->fd(), signals->token_, {.readable = true}, Trigger::level);
  if (!watched) return watched.error();
  signals->source_.emplace(std::move(*source));
  return signals;
}

Result<std::unique_ptr<ServerSignals>> ServerSignals::create_guarded(EventLoop& loop,
                                                                     Callbacks callbacks,
                                                                     DrainGuard::Options options) {
  auto source = SignalSource::create({SIGTERM, SIGINT, SIGHUP});
  if (!source) return source.error();
  std::unique_ptr<ServerSignals> signals(new ServerSignals(loop, std::move(callbacks)));
  auto guard =
      DrainGuard::create(std::move(*source), std::move(options), [&self = *signals](int number) {
        self.loop_.post([&self, number] { self.on_signal(number); });
      });
  if (!guard) return guard.error();
  signals->guard_ = std::move(*guard);
  return signals;
}

ServerSignals::ServerSignals(EventLoop& loop, Callbacks callbacks)
    : loop_(loop), callbacks_(std::move(callbacks)), token_(loop.attach(*this)) {}

ServerSignals::~ServerSignals() {
  if (source_) loop_.unwatch(source_->fd());
  loop_.detach(token_);
}

void ServerSignals::on_ready(Ready) {
  // A signalfd can only run dry; there is no other error to tell.
  static_cast<void>(source_->drain([this](const Signal& signal) { on_signal(signal.number); }));
}

void ServerSignals::on_signal(int number) {
  if (number == SIGHUP) {
    if (callbacks_.on_hangup) callbacks_.on_hangup();
  } else if (std::exchange(draining_, true)) {
    callbacks_.on_end();
  } else {
    callbacks_.on_drain();
  }
}

}  // namespace hpserver
