#include "hpserver/concurrency/process/worker_process.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "hpserver/base/trace.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/event/heartbeat.h"
#include "hpserver/socket/fd_passing.h"

namespace hpserver {

namespace {

// Connections taken from the channel per turn; more would let a flood starve open connections.
constexpr std::size_t kHandOversPerTurn = 128;
// The kernel dismantles a killed process's io_uring some time after the process is gone. Until then
// its accept may still be the one woken for a connection, in vain (seen with 6.18). So the
// replacement looks again, doubling the delay each time.
constexpr std::chrono::milliseconds kFirstLook{100};
constexpr std::chrono::milliseconds kLastLook{3'200};

std::vector<const ConnectionShare*> shares_of_others(const WorkerContext& worker) {
  std::vector<const ConnectionShare*> others;
  for (std::size_t index = 0; index < worker.statuses.size(); ++index) {
    if (index != worker.index) others.push_back(&worker.statuses[index].connections);
  }
  return others;
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::create(WorkerContext& worker,
                                                             const ServerParts& parts,
                                                             const ServerOptions& options) {
  const auto blocked = ServerSignals::block();
  if (!blocked) return blocked.error();
  std::unique_ptr<WorkerProcess> process(new WorkerProcess(worker, options));
  auto loop = Loop::create(parts, options, process->budget_, {}, worker.index);
  if (!loop) return loop.error();
  process->loop_ = std::move(*loop);
  process->channel_watch_ = std::make_unique<Watch>(process->loop_->event_loop(), *process);
  const auto watched = process->channel_watch_->want(worker.channel.get(), {.readable = true});
  if (!watched) return watched.error();
  return process;
}

WorkerProcess::WorkerProcess(WorkerContext& worker, const ServerOptions& options)
    : worker_(worker),
      budget_(options.limits.max_connections, worker.status().connections,
              shares_of_others(worker)),
      next_look_(kFirstLook),
      look_timer_([this] { look_again(); }) {}

WorkerProcess::~WorkerProcess() = default;

Result<void> WorkerProcess::run(const SignalHub& signals) {
  EventLoop& loop = loop_->event_loop();
  const auto heard = ServerSignals::create(
      loop, signals,
      {.on_drain = [this] { begin_drain(); }, .on_end = [this] { loop_->close_all(); }});
  if (!heard) return heard.error();
  trace_as("worker");
  const Heartbeat heartbeat(loop, worker_.status().pulse);
  worker_.report_serving();
  if (worker_.status().restart_count.load() > 0) {
    loop.refresh_now();
    loop.schedule(look_timer_, loop.now() + next_look_);
  }
  return loop_->run();
}

void WorkerProcess::look_again() {
  loop_->look_again();
  next_look_ *= 2;
  if (next_look_ > kLastLook) return;
  EventLoop& loop = loop_->event_loop();
  loop.schedule(look_timer_, loop.now() + next_look_);
}

void WorkerProcess::on_ready(Ready) {
  if (take_handed_over(kHandOversPerTurn) == Channel::ended) begin_drain();
}

WorkerProcess::Channel WorkerProcess::take_handed_over(std::size_t max_count) {
  for (std::size_t count = 0; count < max_count; ++count) {
    auto conn_fd = receive_fd(worker_.channel.get());
    if (conn_fd && !conn_fd->valid()) return Channel::ended;
    if (!conn_fd && would_block(conn_fd.error())) return Channel::empty;
    // Any other error: it was lost on its way for lack of a descriptor.
    if (conn_fd) loop_->connections().adopt(std::move(*conn_fd));
    worker_.status().received_count.fetch_add(1);
  }
  return Channel::budget_spent;
}

// Serves the connections that were already handed over; no more will come.
void WorkerProcess::begin_drain() {
  if (std::exchange(draining_, true)) return;
  static_cast<void>(take_handed_over(SIZE_MAX));
  channel_watch_->stop();
  loop_->drain([this] { loop_->event_loop().stop(); }, Listening::goes_on);
}

}  // namespace hpserver
