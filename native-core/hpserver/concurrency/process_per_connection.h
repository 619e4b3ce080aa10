#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <vector>

#include "hpserver/concurrency/per_connection_server.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/event/watch.h"

namespace hpserver {

// The parent accepts, and forks a child for each connection. The child creates its own service,
// reads, processes and writes until the connection closes, and exits with it. SIGCHLD tells the
// parent to reap. At most `ServerOptions::workers` children. A crash costs one connection. See:
// UNP, 30.5.
class ProcessPerConnection final : public PerConnectionServer, public EventHandler {
 public:
  // Blocks SIGCHLD and the signals that it handles; the process must have no other thread and no
  // other children. Errors: those of make_blocking and SignalSource::create.
  static Result<std::unique_ptr<ProcessPerConnection>> create(const ServerParts& parts,
                                                              const ServerOptions& options);
  // Kills the remaining children and waits for them. Blocks.
  ~ProcessPerConnection() override;

  Result<void> accompany(Companion& companion) override;

 private:
  using PerConnectionServer::PerConnectionServer;

  [[nodiscard]] bool serve(Fd& conn_fd, PeerLimit::Place place) override;
  void on_accept() override;
  [[nodiscard]] bool executors_fork() const noexcept override { return true; }
  [[nodiscard]] bool busy() override;
  void drain_executors() override;
  void end_executors() override;
  void kill_executors() override;
  void relay(int signal_number) override { signal_all(signal_number); }

  // SIGCHLD has arrived.
  void on_ready(Ready ready) override;

  void reap();
  void signal_all(int number) const;
  [[noreturn]] void become_child(Fd conn_fd, PeerLimit::Place place, pid_t parent);
  Result<void> serve_one(Fd conn_fd, PeerLimit::Place place);
  void bury(pid_t child);
  [[nodiscard]] std::size_t live_count() const;

  Companion* companion_ = nullptr;
  std::optional<SignalSource> child_ends_;
  std::unique_ptr<Watch> watch_;
  std::vector<pid_t> children_;  // indexed by the number under which each counts; 0: free
  std::size_t next_ = 0;         // the number of the next one, if any is free
  bool ending_ = false;
  bool killed_ = false;
};

}  // namespace hpserver
