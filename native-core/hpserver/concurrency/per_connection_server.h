#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/server.h"
#include "hpserver/concurrency/server_options.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/connection/buffer_pool.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/event/signal_hub.h"
#include "hpserver/event/timer.h"
#include "hpserver/os/fd.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// The common part of models that give every connection its own executor: the main thread sleeps in
// accept(2), has an executor serve each client, and refuses those beyond `ServerOptions::workers`
// itself. The origin of all servers, but not recommended: starting an executor costs more than most
// requests. See: UNP, 30.5, 30.10.
class PerConnectionServer : public Server {
 public:
  Result<void> run(const SignalHub& signals) final;
  Result<void> accompany(Companion& companion) override;
  void drain() final;
  void end() final;

 protected:
  PerConnectionServer(const ServerParts& parts, const ServerOptions& options);

  // Blocks the signals. Errors: those of make_blocking.
  Result<void> open();

  // All of these run on the main thread.
  // A client has come: count it for the next executor.
  virtual void on_accept() {}
  // Takes over a connection and has an executor serve it. False: there are too many.
  [[nodiscard]] virtual bool serve(Fd& conn_fd, PeerLimit::Place place) = 0;
  [[nodiscard]] virtual bool busy() = 0;
  // Make the executors close their connections: after the current request, at once, or whatever
  // they are doing.
  virtual void drain_executors() = 0;
  virtual void end_executors() = 0;
  virtual void kill_executors() {}
  // Whether each executor is a process.
  [[nodiscard]] virtual bool executors_fork() const noexcept { return false; }
  virtual void relay(int /*signal_number*/) {}
  // For executors that can't be killed; nothing if `kill_executors` kills them.
  [[nodiscard]] virtual std::optional<DrainGuard::Options> guard_options() { return std::nullopt; }
  // Called when no executor is busy any more, or the main loop has failed.
  virtual void join_executors() {}

  [[nodiscard]] EventLoop& main_loop() noexcept { return *main_->loop; }
  [[nodiscard]] const ServerParts& parts() const noexcept { return parts_; }
  [[nodiscard]] const ServerOptions& options() const noexcept { return options_; }
  [[nodiscard]] const SignalHub& signals() const noexcept { return *signals_; }
  [[nodiscard]] std::size_t max_executors() const noexcept;
  // In a forked child: closes what belongs only to the parent.
  void close_listeners();

 private:
  Result<void> accept_from(std::size_t acceptor, Fd listen_fd) final;
  [[nodiscard]] Result<void> count_peers();
  void accept(Fd conn_fd);
  void begin_drain();
  void end_now();
  void check_drained();
  Result<std::unique_ptr<ServerSignals>> hear_signals();

  const ServerParts parts_;
  const ServerOptions options_;
  const SignalHub* signals_ = nullptr;  // while it runs
  LoopBuffers buffers_;
  ConnectionBudget no_budget_{0};
  std::optional<IoUnit> main_;
  std::unique_ptr<Service> refusing_service_;
  std::unique_ptr<ConnectionSet> refused_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::optional<Deadline> drain_end_;
  Timer drain_timer_;
};

}  // namespace hpserver
