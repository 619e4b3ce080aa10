#include "hpserver/concurrency/server_signals.h"

#include <csignal>
#include <utility>
#include <vector>

namespace hpserver {

namespace {

// The signals that the server handles itself, and those that others listen for. SIGHUP is always
// read: it would otherwise end a server whose terminal is closed.
std::vector<int> heard_by(const SignalHub& hub) {
  std::vector<int> all = hub.numbers();
  all.insert(all.end(), {SIGTERM, SIGINT, SIGHUP});
  return all;
}

}  // namespace

BeforeDrain before_drain_of(const ServerOptions& options) {
  BeforeDrain before{.delay = options.drain_delay};
  if (options.meters != nullptr) {
    before.on_told = [meters = options.meters] { meters->note_end(); };
  }
  return before;
}

Result<void> ServerSignals::block(bool handle_signals) {
  const auto ignored = ignore_sigpipe();
  if (!ignored || !handle_signals) return ignored;
  // A tool made for another server, or for an older version of this one, must not kill it.
  const auto disregarded = disregard_signals({SIGUSR1, SIGUSR2, SIGALRM});
  if (!disregarded) return disregarded;
  return block_signals({SIGTERM, SIGINT, SIGHUP});
}

Result<std::unique_ptr<ServerSignals>> ServerSignals::create(EventLoop& loop, const SignalHub& hub,
                                                             Callbacks callbacks) {
  auto source = SignalSource::create(heard_by(hub));
  if (!source) return source.error();
  std::unique_ptr<ServerSignals> signals(new ServerSignals(loop, hub, std::move(callbacks)));
  const auto watched =
      loop.watch(source->fd(), signals->token_, {.readable = true}, Trigger::level);
  if (!watched) return watched.error();
  signals->source_.emplace(std::move(*source));
  return signals;
}

Result<std::unique_ptr<ServerSignals>> ServerSignals::create_guarded(EventLoop& loop,
                                                                     const SignalHub& hub,
                                                                     Callbacks callbacks,
                                                                     DrainGuard::Options options) {
  auto source = SignalSource::create(heard_by(hub));
  if (!source) return source.error();
  std::unique_ptr<ServerSignals> signals(new ServerSignals(loop, hub, std::move(callbacks)));
  auto guard = DrainGuard::create(std::move(*source), std::move(options),
                                  [&self = *signals](const Signal& signal) {
                                    self.loop_.post([&self, signal] { self.on_signal(signal); });
                                  });
  if (!guard) return guard.error();
  signals->guard_ = std::move(*guard);
  return signals;
}

ServerSignals::ServerSignals(EventLoop& loop, const SignalHub& hub, Callbacks callbacks)
    : loop_(loop),
      hub_(hub),
      callbacks_(std::move(callbacks)),
      token_(loop.attach(*this)),
      drain_timer_([this] { begin_drain(); }) {}

ServerSignals::~ServerSignals() {
  if (source_) loop_.unwatch(source_->fd());
  loop_.detach(token_);
}

void ServerSignals::on_ready(Ready) {
  // Reading a signalfd fails only if it is empty, so there is nothing to report.
  static_cast<void>(source_->drain([this](const Signal& signal) { on_signal(signal); }));
}

void ServerSignals::on_signal(const Signal& signal) {
  hub_.tell(signal);
  if (callbacks_.relay && hub_.reaches_workers(signal.number)) callbacks_.relay(signal.number);
  if (!is_end(signal.number)) return;
  if (std::exchange(told_, true)) {
    begin_drain();
    callbacks_.on_end();
    return;
  }
  const auto& [on_told, delay] = callbacks_.before_drain;
  if (on_told) on_told();
  if (delay.count() == 0) return begin_drain();
  loop_.schedule(drain_timer_, loop_.now() + delay);
}

void ServerSignals::begin_drain() {
  if (std::exchange(draining_, true)) return;
  drain_timer_.unlink();
  callbacks_.on_drain();
}

}  // namespace hpserver
