#include "hpserver/concurrency/process/process_pool.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/event/notices.h"
#include "hpserver/socket/fd_passing.h"

namespace hpserver {

namespace {

// How often a pool that grows checks its workers' load.
constexpr std::chrono::milliseconds kScaleCheck{250};
// How long `end` lets the workers close connections.
constexpr std::chrono::milliseconds kEndGrace{1'000};
// The exit status of a worker whose parent died before the worker could ask to be notified of it.
constexpr int kOrphaned = 1;

std::chrono::milliseconds since(Deadline instant, Deadline now) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now - instant);
}

}  // namespace

void WorkerContext::report_serving() const noexcept {
  auto expected = WorkerState::starting;
  status().state.compare_exchange_strong(expected, WorkerState::serving);
}

int WorkerContext::fail(const Error& error) const noexcept {
  status().failure_operation.store(error.operation);
  status().failure_code.store(error.code);
  return 1;
}

Result<std::unique_ptr<ProcessPool>> ProcessPool::create(EventLoop& loop,
                                                         ProcessPoolOptions options, Body body) {
  options.max_workers = std::max(options.workers, options.max_workers);
  auto statuses = SharedArray<WorkerStatus>::create(options.max_workers);
  if (!statuses) return statuses.error();
  const auto blocked = block_signals({SIGCHLD});
  if (!blocked) return blocked.error();
  auto source = SignalSource::create({SIGCHLD});
  if (!source) return source.error();
  std::unique_ptr<ProcessPool> pool(new ProcessPool(loop, std::move(options), std::move(body),
                                                    std::move(*source), std::move(*statuses)));
  const auto watched = pool->watch_.want(pool->source_.fd(), {.readable = true});
  if (!watched) return watched.error();
  return pool;
}

ProcessPool::ProcessPool(EventLoop& loop, ProcessPoolOptions options, Body body,
                         SignalSource source, SharedArray<WorkerStatus> statuses)
    : loop_(loop),
      options_(std::move(options)),
      body_(std::move(body)),
      source_(std::move(source)),
      statuses_(std::move(statuses)),
      hand_over_timer_([this] { hand_over_waiting(); }),
      kill_timer_([this] { kill_workers(); }),
      scale_timer_([this] { rescale(); }),
      watch_(loop, *this) {
  for (std::size_t index = 0; index < statuses_.size(); ++index) {
    workers_.push_back(std::make_unique<Worker>([this, index] { start_or_retry(index); }));
    if (options_.watchdog == nullptr) continue;
    options_.watchdog->look_after(statuses_[index].pulse, "worker " + std::to_string(index));
  }
}

ProcessPool::~ProcessPool() {
  signal_group(SIGKILL);
  for (const auto& worker : workers_) {
    if (worker->pid != 0) static_cast<void>(await_exit(worker->pid));
  }
  if (options_.watchdog == nullptr) return;
  for (const WorkerStatus& status : statuses_.values()) options_.watchdog->forget(status.pulse);
}

Result<void> ProcessPool::start() {
  loop_.refresh_now();
  const auto first = fork_worker(0);
  if (!first) return first;
  for (std::size_t index = 1; index < options_.workers; ++index) start_or_retry(index);
  if (options_.max_workers > options_.workers) {
    loop_.schedule(scale_timer_, loop_.now() + kScaleCheck);
  }
  return {};
}

Result<void> ProcessPool::fork_worker(std::size_t index) {
  auto channel = create_socket_pair();
  if (!channel) return channel.error();
  WorkerStatus& status = statuses_[index];
  status.received_count = 0;
  status.failure_operation = nullptr;
  status.state = WorkerState::starting;
  // Otherwise both processes would print what is in stdio's buffers.
  std::fflush(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == -1) {
    const Error error = last_error("fork");
    status.state = WorkerState::vacant;
    return error;
  }
  if (child == 0) become_worker(index, std::move(*channel), parent);
  // A group exists as long as it has a member that hasn't been reaped.
  if (live_count_++ == 0) group_ = child;
  ::setpgid(child, group_);
  Worker& worker = *workers_[index];
  worker.pid = child;
  worker.channel = std::move(channel->first);
  worker.sent_count = 0;
  worker.started = worker.busy_until = loop_.now();
  status.pid = child;
  status.started_at_ms = since({}, worker.started).count();
  return {};
}

void ProcessPool::become_worker(std::size_t index, SocketPair channel, pid_t parent) {
  // The parent does this too, so neither of them uses the group before it is set.
  ::setpgid(0, live_count_ == 0 ? 0 : group_);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(kOrphaned);
  close_parents_ends(channel);
  unblock_signals({SIGCHLD});
  WorkerContext context{index, std::move(channel.second), statuses_.values()};
  const int code = body_(context);
  std::fflush(nullptr);
  ::_exit(code);
}

// Closed, but not unwatched: the parent's table of watched descriptors isn't ours to change. If a
// sibling kept a channel open, its worker would not see that the parent has exited.
void ProcessPool::close_parents_ends(SocketPair& channel) {
  const SignalSource closed = std::move(source_);
  channel.first.reset();
  for (const auto& worker : workers_) worker->channel.reset();
  waiting_ = {};
}

void ProcessPool::start_or_retry(std::size_t index) {
  if (options_.on_start) options_.on_start(index);
  const auto started = fork_worker(index);
  if (started) return;
  restart_later(index, {.index = index, .exit = {}, .failure = started.error(), .restart_in = {}});
}

void ProcessPool::on_ready(Ready) {
  static_cast<void>(source_.drain([](const Signal&) {}));
  for (std::size_t index = 0; index < workers_.size(); ++index) {
    if (workers_[index]->pid == 0) continue;
    const auto exit = reap_child(workers_[index]->pid);
    if (exit && *exit) bury(index, **exit);
  }
}

void ProcessPool::bury(std::size_t index, const ChildExit& exit) {
  const WorkerStatus& status = statuses_[index];
  WorkerNotice notice{.index = index, .exit = exit, .failure = {}, .restart_in = {}};
  if (const char* const operation = status.failure_operation.load()) {
    notice.failure = Error{status.failure_code.load(), operation};
  }
  const bool asked = status.state.load() == WorkerState::draining;
  take_back(index);
  if (!asked) {
    restart_later(index, std::move(notice));
  } else if (exit.killed || exit.status != 0) {
    if (options_.on_notice) options_.on_notice(notice);
  }
  if (draining_ && live_count_ == 0) finish_drain();
}

// Counts down what a killed process had open: no one else would.
void ProcessPool::take_back(std::size_t index) {
  Worker& worker = *workers_[index];
  worker.pid = 0;
  worker.channel.reset();
  --live_count_;
  WorkerStatus& status = statuses_[index];
  status.pid = 0;
  status.connections.open_count = 0;
  status.pulse.moved_at_ms = 0;
  if (options_.on_end) options_.on_end(index);
  status.state = WorkerState::vacant;
}

void ProcessPool::restart_later(std::size_t index, WorkerNotice notice) {
  Worker& worker = *workers_[index];
  const auto lifetime =
      notice.exit ? since(worker.started, loop_.now()) : std::chrono::milliseconds::zero();
  const auto delay = worker.restart_delay.next(lifetime);
  notice.restart_in = delay;
  if (options_.on_notice) options_.on_notice(notice);
  statuses_[index].restart_count += 1;
  // A restart after a failed fork is always scheduled, so this can't go on forever.
  if (delay.count() == 0 && notice.exit) {
    start_or_retry(index);
  } else {
    loop_.schedule(worker.restart_timer, loop_.now() + delay);
    if (options_.on_missing) options_.on_missing(index);
  }
}

bool ProcessPool::serves() const noexcept {
  return std::ranges::any_of(statuses_.values(), [](const WorkerStatus& status) {
    return status.state.load() == WorkerState::serving;
  });
}

bool ProcessPool::takes_connections(std::size_t index) const noexcept {
  return workers_[index]->channel.valid() && statuses_[index].state.load() != WorkerState::draining;
}

// Also counts connections on their way to the worker, or else a burst would all go to the same one.
std::size_t ProcessPool::load_of(std::size_t index) const noexcept {
  const WorkerStatus& status = statuses_[index];
  const auto on_the_way = workers_[index]->sent_count - status.received_count.load();
  return status.connections.open_count.load() + static_cast<std::size_t>(on_the_way);
}

// A starting worker may never get ready, and would swallow every connection: serving workers come
// first.
ProcessPool::Worker* ProcessPool::least_loaded() noexcept {
  // A serving worker precedes one that isn't ready.
  using Load = std::pair<bool, std::size_t>;
  const auto found = chooser_.among(workers_.size(), [this](std::size_t index) {
    if (!takes_connections(index)) return std::optional<Load>();
    const bool starts = statuses_[index].state.load() != WorkerState::serving;
    return std::optional<Load>({starts, load_of(index)});
  });
  return found ? workers_[*found].get() : nullptr;
}

void ProcessPool::hand_over(Fd conn_fd) {
  // First come, first served.
  if (waiting_.empty() && send(conn_fd.get())) return;
  waiting_.add(std::move(conn_fd), loop_.notices());
  hand_over_waiting();
}

// A worker takes what its socket holds at its next turn.
void ProcessPool::hand_over_waiting() {
  waiting_.give_to([this](const Fd& conn_fd) { return send(conn_fd.get()); });
  if (waiting_.empty()) return;
  if (draining_) return waiting_.close_all(loop_.notices());
  if (!hand_over_timer_.scheduled())
    loop_.schedule(hand_over_timer_, loop_.now() + WaitingConnections::kRetryDelay);
}

// Waits for workers that are about to drain, but not for one that blocks.
void ProcessPool::hand_over_the_rest() {
  for (int tries = 0; !waiting_.empty() && tries < WaitingConnections::kLastTries; ++tries) {
    std::this_thread::sleep_for(WaitingConnections::kRetryDelay);
    hand_over_waiting();
  }
  hand_over_timer_.unlink();
}

bool ProcessPool::send(int conn_fd) {
  while (Worker* const worker = least_loaded()) {
    const auto sent = send_fd(worker->channel.get(), conn_fd);
    if (sent) {
      trace(TraceStep::hand_over, conn_fd);
      ++worker->sent_count;
      return true;
    }
    // If the least loaded one has no room, none has.
    if (sent.error().code != EPIPE && sent.error().code != ECONNRESET) return false;
    worker->channel.reset();  // it is dead, and SIGCHLD is on its way
  }
  return false;
}

void ProcessPool::rescale() {
  bool all_busy = true;
  std::size_t vacant = workers_.size();
  for (std::size_t index = 0; index < workers_.size(); ++index) {
    Worker& worker = *workers_[index];
    if (worker.pid == 0) {
      // A worker that is about to restart will relieve the others.
      if (worker.restart_timer.scheduled()) all_busy = false;
      if (!worker.restart_timer.scheduled()) vacant = std::min(vacant, index);
      continue;
    }
    if (!takes_connections(index)) continue;
    const std::size_t load = load_of(index);
    if (load < options_.busy_count) all_busy = false;
    if (load > 0 || index < options_.workers) worker.busy_until = loop_.now();
    if (loop_.now() - worker.busy_until >= options_.idle_time) retire(index);
  }
  if (all_busy && vacant < workers_.size()) start_or_retry(vacant);
  loop_.schedule(scale_timer_, loop_.now() + kScaleCheck);
}

void ProcessPool::retire(std::size_t index) {
  statuses_[index].state = WorkerState::draining;
  ::kill(workers_[index]->pid, SIGTERM);
}

void ProcessPool::drain(std::function<void()> on_drained) {
  if (draining_) return;
  hand_over_the_rest();
  draining_ = true;
  hand_over_waiting();
  on_drained_ = std::move(on_drained);
  scale_timer_.unlink();
  for (std::size_t index = 0; index < workers_.size(); ++index) {
    workers_[index]->restart_timer.unlink();
    if (workers_[index]->pid != 0) statuses_[index].state = WorkerState::draining;
  }
  if (live_count_ == 0) {
    finish_drain();
    return;
  }
  signal_group(SIGTERM);
  loop_.schedule(kill_timer_, loop_.now() + options_.kill_timeout);
}

void ProcessPool::end() {
  // Repeated calls don't extend the deadline.
  if (std::exchange(ending_, true)) return;
  signal_group(SIGTERM);
  loop_.schedule(kill_timer_, loop_.now() + kEndGrace);
}

void ProcessPool::relay(int number) const {
  signal_group(number);
}

void ProcessPool::kill_workers() {
  const std::string count = std::to_string(live_count_);
  loop_.notices().note(Notices::Kind::cut_off,
                       {count, live_count_ == 1 ? " worker" : " workers",
                        " did not stop in time: killed, and unfinished requests are lost"});
  signal_group(SIGKILL);
}

void ProcessPool::finish_drain() {
  kill_timer_.unlink();
  if (on_drained_) std::exchange(on_drained_, nullptr)();
}

void ProcessPool::signal_group(int number) const {
  if (live_count_ > 0) ::kill(-group_, number);
}

}  // namespace hpserver
