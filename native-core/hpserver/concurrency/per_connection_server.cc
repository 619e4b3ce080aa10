#include "hpserver/concurrency/per_connection_server.h"

#include <algorithm>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/event/notices.h"
#include "hpserver/socket/listen.h"
#include "hpserver/transport/blocking_io.h"

namespace hpserver {

namespace {

using std::chrono::milliseconds;

// How long executors have, after a drain, to close their connections.
constexpr milliseconds kKillDelay{1'000};
// For clients that are being refused.
constexpr PoolOptions kFewBlocks{.initial_count = 0, .max_count = 128};

}  // namespace

PerConnectionServer::PerConnectionServer(const ServerParts& parts, const ServerOptions& options)
    : Server(options.listen_options),
      parts_(parts),
      options_(options),
      buffers_(kFewBlocks),
      drain_timer_([this] { check_drained(); }) {}

Result<void> PerConnectionServer::open() {
  const auto blocked = ServerSignals::block(options_.handle_signals);
  if (!blocked) return blocked;
  // Clients being refused are handled on the side, without delaying others.
  auto main = make_blocking_with({.one_at_a_time = false});
  if (!main) return main.error();
  main_.emplace(std::move(*main));
  main_->loop->notices().tell_to(options_.on_notice);
  main_->loop->count_with(options_.meter_of(0));
  refusing_service_ = parts_.make_service();
  const auto counted = count_peers();
  if (!counted) return counted;
  refused_ = std::make_unique<ConnectionSet>(*main_->loop, *main_->transport, *refusing_service_,
                                             buffers_, no_budget_, options_.limits);
  return {};
}

// Counts for one executor more than there are, for a client that none of them gets.
Result<void> PerConnectionServer::count_peers() {
  if (options_.limits.peer_limit == nullptr) return {};
  return executors_fork() ? options_.limits.peer_limit->prepare(max_executors() + 1, 1)
                          : options_.limits.peer_limit->prepare(1, max_executors() + 1);
}

std::size_t PerConnectionServer::max_executors() const noexcept {
  return std::min(options_.workers, options_.limits.max_connections);
}

Result<void> PerConnectionServer::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  auto listener = main_->transport->listen(std::move(listen_fd),
                                           [this](Fd conn_fd) { accept(std::move(conn_fd)); });
  if (!listener) return listener.error();
  listeners_.push_back(std::move(*listener));
  return {};
}

void PerConnectionServer::close_listeners() {
  listeners_.clear();
}

// Refuses a client with too many connections here: an executor would be too costly for that.
void PerConnectionServer::accept(Fd conn_fd) {
  on_accept();
  const auto place = refused_->admit(conn_fd.get());
  if (!place) return refused_->turn_away(std::move(conn_fd));
  if (!serve(conn_fd, *place)) refused_->adopt(std::move(conn_fd), *place);
}

Result<void> PerConnectionServer::run(const SignalHub& signals) {
  trace_as("main");
  signals_ = &signals;
  const auto heard = hear_signals();
  if (!heard) return heard.error();
  const WatchedLoop watched(*main_->loop, options_.watchdog, "the main loop",
                            WatchedLoop::Role::main);
  if (options_.on_serving) options_.on_serving();
  const auto ran = main_->loop->run();
  listeners_.clear();
  refused_->close_all();
  join_executors();
  return ran;
}

Result<std::unique_ptr<ServerSignals>> PerConnectionServer::hear_signals() {
  if (!options_.handle_signals) return std::unique_ptr<ServerSignals>();
  ServerSignals::Callbacks callbacks{.on_drain = [this] { begin_drain(); },
                                     .on_end = [this] { end_now(); },
                                     .before_drain = before_drain_of(options_),
                                     .relay = [this](int number) { relay(number); }};
  auto guard = guard_options();
  if (!guard) return ServerSignals::create(*main_->loop, *signals_, std::move(callbacks));
  return ServerSignals::create_guarded(*main_->loop, *signals_, std::move(callbacks),
                                       std::move(*guard));
}

Result<void> PerConnectionServer::accompany(Companion& companion) {
  companion.run_beside(*main_->loop);
  return {};
}

void PerConnectionServer::drain() {
  main_->loop->post([this] { begin_drain(); });
}

void PerConnectionServer::end() {
  main_->loop->post([this] { end_now(); });
}

void PerConnectionServer::end_now() {
  begin_drain();
  drain_end_ = std::min(*drain_end_, main_->loop->now());
  check_drained();
}

void PerConnectionServer::begin_drain() {
  if (drain_end_) return;
  drain_end_ = main_->loop->now() + options_.drain_timeout;
  for (const auto& listener : listeners_) listener->close(Listening::ends);
  refused_->drain();
  drain_executors();
  check_drained();
}

void PerConnectionServer::check_drained() {
  const Deadline now = main_->loop->now();
  if (now >= *drain_end_) {
    refused_->close_all();
    end_executors();
  }
  if (now >= *drain_end_ + kKillDelay) kill_executors();
  if (busy() || refused_->size() > 0) {
    main_->loop->schedule(drain_timer_, now + kDrainCheck);
  } else {
    main_->loop->stop();
  }
}

}  // namespace hpserver
