#include "hpserver/concurrency/process/worker_processes.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/event/meter.h"
#include "hpserver/event/notices.h"

namespace hpserver {

namespace {

// How long a worker has beyond its own drain timeout until it is killed.
constexpr std::chrono::milliseconds kKillGrace{1'000};

}  // namespace

Result<std::unique_ptr<WorkerProcesses>> WorkerProcesses::create(const ServerParts& parts,
                                                                 const ServerOptions& options,
                                                                 Prepare prepare) {
  const auto blocked = ServerSignals::block(options.handle_signals);
  if (!blocked) return blocked.error();
  std::unique_ptr<WorkerProcesses> processes(
      new WorkerProcesses(parts, options, std::move(prepare)));
  auto main = parts.make_io();
  if (!main) return main.error();
  processes->main_.emplace(std::move(*main));
  processes->main_->loop->notices().tell_to(options.on_notice);
  processes->main_->loop->count_with(options.meter_of(0));  // what any process may count
  const auto counted = processes->count_peers();
  if (!counted) return counted.error();
  auto pool = ProcessPool::create(
      *processes->main_->loop, processes->pool_options(),
      [&self = *processes](WorkerContext& worker) { return self.serve(worker); });
  if (!pool) return pool.error();
  processes->pool_ = std::move(*pool);
  return processes;
}

// Creates the memory in which all processes count, before the first of them is forked.
Result<void> WorkerProcesses::count_peers() {
  const auto& limits = options_.limits;
  if (limits.peer_limit == nullptr) return {};
  const std::size_t max_workers = std::max(options_.workers, options_.max_workers);
  return limits.peer_limit->prepare(max_workers, limits.max_connections);
}

void WorkerProcesses::on_absence(std::function<void(std::size_t)> missing,
                                 std::function<void(std::size_t)> start) {
  on_missing_ = std::move(missing);
  on_start_ = std::move(start);
}

ProcessPoolOptions WorkerProcesses::pool_options() {
  const std::size_t max_workers = std::max(options_.workers, options_.max_workers);
  const std::size_t fair_share =
      std::max<std::size_t>(options_.limits.max_connections / max_workers, 1);
  return {.workers = options_.workers,
          .max_workers = max_workers,
          .busy_count = options_.busy_connections == 0 ? fair_share : options_.busy_connections,
          .kill_timeout = options_.drain_timeout + kKillGrace,
          .on_notice =
              [this](const WorkerNotice& notice) {
                count(main_->loop->meter(), Meter::Event::worker_restarted);
                if (options_.on_notice) options_.on_notice(describe(notice));
              },
          .watchdog = options_.watchdog,
          .on_end =
              [this](std::size_t index) {
                if (options_.limits.peer_limit) options_.limits.peer_limit->forget(index);
                static_cast<void>(options_.meter_of(index));  // it has nothing open any more
              },
          .on_missing =
              [this](std::size_t index) {
                if (on_missing_) on_missing_(index);
              },
          .on_start =
              [this](std::size_t index) {
                if (on_start_) on_start_(index);
              }};
}

// Runs in the worker.
int WorkerProcesses::serve(WorkerContext& worker) {
  // The parent's loop must be neither used nor destroyed here: its kernel state is shared.
  ::close(main_->loop->native_handle());
  if (options_.limits.peer_limit) options_.limits.peer_limit->count_as(worker.index);
  if (companion_ != nullptr) companion_->abandon();
  auto process = WorkerProcess::create(worker, parts_, options_);
  if (!process) return worker.fail(process.error());
  const auto prepared = prepare_(worker, **process);
  if (!prepared) return worker.fail(prepared.error());
  const auto ran = (*process)->run(*signals_);
  return ran ? 0 : worker.fail(ran.error());
}

Result<void> WorkerProcesses::run(std::function<void()> on_drain, const SignalHub& signals) {
  signals_ = &signals;
  std::unique_ptr<ServerSignals> heard;
  if (options_.handle_signals) {
    auto created = ServerSignals::create(*main_->loop, signals,
                                         {.on_drain = std::move(on_drain),
                                          .on_end = [this] { pool_->end(); },
                                          .before_drain = before_drain_of(options_),
                                          .relay = [this](int number) { pool_->relay(number); }});
    if (!created) return created.error();
    heard = std::move(*created);
  }
  trace_as("main");
  const WatchedLoop watched(*main_->loop, options_.watchdog, "the main loop",
                            WatchedLoop::Role::main);
  const auto started = pool_->start();
  if (!started) return started;
  if (options_.on_serving) options_.on_serving();
  return main_->loop->run();
}

void WorkerProcesses::drain() {
  pool_->drain([this] { main_->loop->stop(); });
}

void WorkerProcesses::end() {
  main_->loop->post([this] {
    drain();
    pool_->end();
  });
}

}  // namespace hpserver
