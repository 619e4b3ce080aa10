#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/concurrency/least_loaded.h"
#include "hpserver/concurrency/process/restart_delay.h"
#include "hpserver/concurrency/process/worker_notice.h"
#include "hpserver/concurrency/process/worker_status.h"
#include "hpserver/connection/waiting_connections.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/signal_source.h"
#include "hpserver/event/timer.h"
#include "hpserver/event/watch.h"
#include "hpserver/event/watchdog.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/reap.h"
#include "hpserver/os/shared_memory.h"
#include "hpserver/os/socket_pair.h"

namespace hpserver {

// What the pool passes to a worker process.
struct WorkerContext {
  // The worker's place, from 0; a replacement takes over the same place.
  std::size_t index;
  // The worker's end of a socket pair, non-blocking. It receives what the parent hands over; the
  // end of the stream means that the parent has exited.
  Fd channel;
  // The statuses of all places.
  std::span<WorkerStatus> statuses;

  [[nodiscard]] WorkerStatus& status() const noexcept { return statuses[index]; }
  // The body calls this once it can serve.
  void report_serving() const noexcept;
  // For a body that can't go on: stores the reason for the parent's log, and returns the exit
  // status.
  [[nodiscard]] int fail(const Error& error) const noexcept;
};

struct ProcessPoolOptions {
  // The workers that are started at once and kept.
  std::size_t workers = 1;
  // The most workers if all are busy; at least `workers`.
  std::size_t max_workers = 1;
  // A worker with this many open connections counts as busy. Only for a pool that grows.
  std::size_t busy_count = 1;
  // A worker beyond `workers` is drained after this long without a connection.
  std::chrono::milliseconds idle_time{30'000};
  // Workers that still run this long after a drain began are killed: longer than their own limit.
  std::chrono::milliseconds kill_timeout{11'000};
  // Called for each worker that ends without being told to.
  std::function<void(const WorkerNotice&)> on_notice = {};
  // Watches the workers' loops; null: none.
  std::shared_ptr<Watchdog> watchdog = nullptr;
  // Called when a worker has ended, and with it whatever it had open.
  std::function<void(std::size_t index)> on_end = {};
  // Called when a worker is missing for longer than a start takes, and when it is about to be
  // started.
  std::function<void(std::size_t index)> on_missing = {};
  std::function<void(std::size_t index)> on_start = {};
};

// Preforked worker processes: starts them, restarts those that die, grows while all are busy, and
// ends them. The workers have their own process group, so a signal can reach all of them, while a
// terminal's Ctrl-C reaches only the parent; if the parent dies, they are told to drain. Driven by
// the parent's loop, for its thread only; the process must have no other thread when a worker is
// forked. Never reaps other children. See: POSA2, Half-Sync/Half-Async; UNP, 30.6; setpgid(2).
class ProcessPool final : public EventHandler {
 public:
  // Runs in the worker and returns its exit status. SIGTERM, SIGINT and SIGHUP stay as they are in
  // the parent. The worker destroys nothing of the parent's, since both share the kernel's epoll
  // table and UNIX paths; but the body must close descriptors that it doesn't need, above all the
  // parent's listening sockets.
  using Body = std::function<int(WorkerContext&)>;

  // Blocks SIGCHLD, so call it before starting any thread. Starts no process yet. `loop` must
  // outlive the pool. Errors: those of SharedMemory::create, SignalSource::create and
  // EventLoop::watch.
  static Result<std::unique_ptr<ProcessPool>> create(EventLoop& loop, ProcessPoolOptions options,
                                                     Body body);
  // Kills the remaining workers and waits for them. Blocks.
  ~ProcessPool() override;

  ProcessPool(const ProcessPool&) = delete;
  ProcessPool& operator=(const ProcessPool&) = delete;

  // Starts the workers. If the system refuses one, tries again later, unless it is the first.
  // Errors: EAGAIN (RLIMIT_NPROC), ENOMEM, EMFILE.
  Result<void> start();

  // Passes a connected socket to the worker with the fewest connections. While no worker serves, or
  // even that one has some hundred sockets waiting, a limited number wait here; see
  // WaitingConnections. Never blocks.
  void hand_over(Fd conn_fd);

  // Drains every worker, restarts none, and calls `on_drained` when the last one has exited, or was
  // killed after `kill_timeout`. Only the first call has an effect.
  void drain(std::function<void()> on_drained);
  // Makes a drain end soon: the workers close what is open, or are killed after a second.
  void end();
  // Passes a signal on to every worker.
  void relay(int number) const;

  // SIGCHLD has arrived.
  void on_ready(Ready ready) override;

  // Whether any worker is serving.
  [[nodiscard]] bool serves() const noexcept;
  [[nodiscard]] std::size_t live_count() const noexcept { return live_count_; }
  [[nodiscard]] std::span<const WorkerStatus> statuses() const noexcept {
    return statuses_.values();
  }
  // The workers' process group; 0 if there is none.
  [[nodiscard]] pid_t group() const noexcept { return live_count_ == 0 ? 0 : group_; }

 private:
  struct Worker {
    explicit Worker(std::function<void()> restart) : restart_timer(std::move(restart)) {}

    pid_t pid = 0;
    Fd channel;
    std::uint64_t sent_count = 0;
    Deadline started;
    Deadline busy_until;  // when it last had a connection
    RestartDelay restart_delay;
    Timer restart_timer;
  };

  ProcessPool(EventLoop& loop, ProcessPoolOptions options, Body body, SignalSource source,
              SharedArray<WorkerStatus> statuses);

  Result<void> fork_worker(std::size_t index);
  [[noreturn]] void become_worker(std::size_t index, SocketPair channel, pid_t parent);
  void close_parents_ends(SocketPair& channel);
  void start_or_retry(std::size_t index);
  void restart_later(std::size_t index, WorkerNotice notice);
  void bury(std::size_t index, const ChildExit& exit);
  void take_back(std::size_t index);
  void kill_workers();
  void finish_drain();

  void rescale();
  void retire(std::size_t index);
  [[nodiscard]] bool takes_connections(std::size_t index) const noexcept;
  [[nodiscard]] std::size_t load_of(std::size_t index) const noexcept;
  [[nodiscard]] Worker* least_loaded() noexcept;
  [[nodiscard]] bool send(int conn_fd);
  void hand_over_waiting();
  void hand_over_the_rest();
  void signal_group(int number) const;

  EventLoop& loop_;
  ProcessPoolOptions options_;
  Body body_;
  SignalSource source_;
  SharedArray<WorkerStatus> statuses_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t live_count_ = 0;
  pid_t group_ = 0;
  LeastLoaded chooser_;
  bool draining_ = false;
  bool ending_ = false;
  std::function<void()> on_drained_;
  WaitingConnections waiting_;
  Timer hand_over_timer_;
  Timer kill_timer_;
  Timer scale_timer_;
  Watch watch_;
};

}  // namespace hpserver
