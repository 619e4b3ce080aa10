#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "hpserver/concurrency/drain_guard.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/per_connection_server.h"

namespace hpserver {

// The main thread accepts, and starts a thread for each connection, which reads, processes and
// writes until the connection closes, and exits with it. At most `ServerOptions::workers` threads.
class ThreadPerConnection final : public PerConnectionServer {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of make_blocking.
  static Result<std::unique_ptr<ThreadPerConnection>> create(const ServerParts& parts,
                                                             const ServerOptions& options);
  ~ThreadPerConnection() override;

 private:
  // A thread's place: its loop and service are kept for the next thread.
  struct Place {
    explicit Place(std::unique_ptr<Loop> own_loop) : loop(std::move(own_loop)) {}

    std::unique_ptr<Loop> loop;
    std::thread thread;
    std::atomic<bool> busy{false};
  };

  ThreadPerConnection(const ServerParts& parts, const ServerOptions& options)
      : PerConnectionServer(parts, options), budget_(options.limits.max_connections) {}

  [[nodiscard]] bool serve(Fd& conn_fd, PeerLimit::Place peer) override;
  [[nodiscard]] bool busy() override;
  void drain_executors() override;
  void end_executors() override;
  void join_executors() override;
  [[nodiscard]] std::optional<DrainGuard::Options> guard_options() override;

  [[nodiscard]] Place* free_place();
  [[nodiscard]] static bool start(Place& place, Fd& conn_fd, PeerLimit::Place peer);
  static void serve_one(Place& place, Fd conn_fd, PeerLimit::Place peer);

  ConnectionBudget budget_;
  std::vector<std::unique_ptr<Place>> places_;
};

}  // namespace hpserver
