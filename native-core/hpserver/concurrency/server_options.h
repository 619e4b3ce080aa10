#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/connection/service.h"
#include "hpserver/event/call_watch.h"
#include "hpserver/event/meter.h"
#include "hpserver/event/watchdog.h"
#include "hpserver/socket/listen.h"
#include "hpserver/transport/io_unit.h"

namespace hpserver {

// How often a drain checks whether it is finished; its cost no longer matters then.
inline constexpr std::chrono::milliseconds kDrainCheck{50};

// The two parts of a server that its author chooses. Each is called once per executor, before the
// executor runs, on the thread that creates the server; in a worker process, after the fork. Even a
// main thread that serves no clients has an I/O unit.
struct ServerParts {
  std::function<Result<IoUnit>()> make_io;  // make_reactor<EpollPoller, Trigger::edge>
  std::function<std::unique_ptr<Service>()> make_service;
};

struct ServerOptions {
  ListenOptions listen_options;
  ConnectionLimits limits;
  // Executors that are started and kept: loops, threads or processes, depending on the model. More
  // loops than cores only cause context switches.
  std::size_t workers = 1;
  // Up to this many run under load, and exit again when idle; `workers` or less: fixed.
  std::size_t max_workers = 0;
  // Processes: the pool grows while each has this many connections open; blocking I/O needs 1.
  // 0: its fair share of `limits.max_connections`.
  std::size_t busy_connections = 0;
  // Half-sync/half-reactive: how many requests may wait for a worker; further ones get 503.
  std::size_t queue_capacity = 1024;
  // Half-sync/half-reactive: which steps the loop does itself; the workers do the others.
  // Reactor: the worker reads, processes and writes. Simulated or real Proactor: it processes.
  Duties loop_duties{.read = false, .process = false, .write = false};
  // The blocks in which each loop keeps leftovers of connections. A maximum of 0 means as many as
  // make sense for `limits.max_connections`.
  PoolOptions block_pool{.initial_count = 0, .max_count = 0};
  // One locked pool for all executors instead of one per loop; null: per loop.
  std::shared_ptr<BufferPool> shared_buffers;
  // Whether `run` handles SIGTERM, SIGINT and SIGHUP; else the program calls `drain` and `end`.
  bool handle_signals = true;
  // Called once, on the main thread, when the executors run: the time to report readiness.
  std::function<void()> on_serving = {};
  // Receives lines for the log while serving: exceptions of handlers, clients that were refused or
  // could not be accepted, worker processes that died and are restarted. Floods are counted per
  // loop. Any thread, of any process; see Notices.
  std::function<void(const std::string&)> on_notice = {};
  // Reports handlers that block their thread too long to `on_notice`; null: none. Shared by all
  // threads.
  std::shared_ptr<CallWatch> call_watch = nullptr;
  // Checks that every loop keeps turning; null: none.
  std::shared_ptr<Watchdog> watchdog = nullptr;
  // Counts what each executor does; null: no counting.
  std::shared_ptr<Meters> meters = nullptr;
  // Between the signal to stop and the drain: time for whatever sends clients here to notice and
  // stop.
  std::chrono::milliseconds drain_delay{0};
  // What is still pending this long after a drain began is cut off.
  std::chrono::milliseconds drain_timeout{10'000};

  // The meter of the executor with this number; null: no counting.
  [[nodiscard]] Meter* meter_of(std::size_t executor) const {
    return meters == nullptr ? nullptr : &meters->of_executor(executor);
  }
};

// Returns warnings to log before serving: options that this machine can't fully honour. Reads
// /proc.
[[nodiscard]] std::vector<std::string> warnings_of(const ServerOptions& options);

}  // namespace hpserver
