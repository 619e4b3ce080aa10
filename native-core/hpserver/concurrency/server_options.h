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

// How often a drain looks whether it is over; it has no reader to disturb.
inline constexpr std::chrono::milliseconds kDrainCheck{50};

// The two parts of a server that its author chooses; each is called once per executor, before that
// runs, on the thread that creates the server; in a worker process, after the fork. A main thread
// that serves nobody has an I/O unit too.
struct ServerParts {
  std::function<Result<IoUnit>()> make_io;  // make_reactor<EpollPoller, Trigger::edge>
  std::function<std::unique_ptr<Service>()> make_service;
};

struct ServerOptions {
  ListenOptions listen_options;
  ConnectionLimits limits;
  // Executors that are started, and kept: loops, threads or processes, as the model has it. More
  // loops than cores only add context switches.
  std::size_t workers = 1;
  // Up to so many are started under load, and end again when they idle; `workers` or less: fixed.
  std::size_t max_workers = 0;
  // Processes: the pool grows while each has so many connections open; blocking I/O wants 1.
  // 0: its fair share of `limits.max_connections`.
  std::size_t busy_connections = 0;
  // Half-sync/half-reactive: requests that may wait for a worker; beyond, the answer is 503.
  std::size_t queue_capacity = 1024;
  // Half-sync/half-reactive: what the loop does itself, and what is left to the workers.
  // Reactor: the worker reads, processes and writes. Simulated or real Proactor: it processes.
  Duties loop_duties{.read = false, .process = false, .write = false};
  // Blocks of each loop for what connections have left over; no maximum: as many as make sense for
  // `limits.max_connections`.
  PoolOptions block_pool{.initial_count = 0, .max_count = 0};
  // One locked pool for all executors instead of one per loop; null: per loop.
  std::shared_ptr<BufferPool> shared_buffers;
  // Whether `run` takes SIGTERM, SIGINT and SIGHUP; else the program calls `drain` and `end`.
  bool handle_signals = true;
  // Called once, on the main thread, when the executors run: whoever waits for that may be told.
  std::function<void()> on_serving = {};
  // Hears what the log should say while serving: exceptions of handlers, clients that were refused
  // or could not be accepted, worker processes that died and are started anew. Each loop's floods
  // are counted. Any thread, of any process; see Notices.
  std::function<void(const std::string&)> on_notice = {};
  // Names handlers that keep their thread too long, to `on_notice`; null: nobody does. Shared by
  // all threads.
  std::shared_ptr<CallWatch> call_watch = nullptr;
  // Looks whether every loop moves; null: nobody does.
  std::shared_ptr<Watchdog> watchdog = nullptr;
  // Who counts what each executor does; null: nobody.
  std::shared_ptr<Meters> meters = nullptr;
  // Between the signal to end and the drain: who sends clients here is told, and stops, meanwhile.
  std::chrono::milliseconds drain_delay{0};
  // What is still under way so long after a drain began is cut off.
  std::chrono::milliseconds drain_timeout{10'000};

  // That of the executor with this number; null: nobody counts.
  [[nodiscard]] Meter* meter_of(std::size_t executor) const {
    return meters == nullptr ? nullptr : &meters->of_executor(executor);
  }
};

// What the log should say before serving: options that this machine doesn't honour as they stand.
// Reads /proc.
[[nodiscard]] std::vector<std::string> warnings_of(const ServerOptions& options);

}  // namespace hpserver
