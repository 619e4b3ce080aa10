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

// The parent accepts, and forks a child for each connection, which makes a service of its own,
// reads, processes and writes for it until it ends, and ends with it. SIGCHLD tells the parent to
// reap. `ServerOptions::workers` children at most. A crash costs one connection. See: UNP, 30.5.
class ProcessPerConnection final : public PerConnectionServer, public EventHandler {
 public:
  // Blocks SIGCHLD and the signals it handles; the process has no other thread and no other
  // children. Errors: those of make_blocking and SignalSource::create.
  static Result<std::unique_ptr<ProcessPerConnection>> create(const ServerParts& parts,
                                                              const ServerOptions& options);
  // Kills what still runs. Blocks until it is gone.
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

  // SIGCHLD has come.
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
  std::vector<pid_t> children_;  // each at its number, under which it counts; 0: free
  std::size_t next_ = 0;         // the number of the next one, while any is free
  bool ending_ = false;
  bool killed_ = false;
};

}  // namespace hpserver
