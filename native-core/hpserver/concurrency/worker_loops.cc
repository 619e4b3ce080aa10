#include "hpserver/concurrency/worker_loops.h"

#include <optional>
#include <string>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/concurrency/server_signals.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/thread.h"

namespace hpserver {

Result<std::unique_ptr<WorkerLoops>> WorkerLoops::create(const ServerParts& parts,
                                                         const ServerOptions& options,
                                                         ConnectionBudget& budget) {
  const auto blocked = ServerSignals::block(options.handle_signals);
  if (!blocked) return blocked.error();
  auto main = parts.make_io();
  if (!main) return main.error();
  std::unique_ptr<WorkerLoops> workers(new WorkerLoops);
  workers->main_.emplace(std::move(*main));
  workers->main_->loop->notices().tell_to(options.on_notice);
  workers->main_->loop->count_with(options.meter_of(0));  // what any thread may count
  workers->handle_signals_ = options.handle_signals;
  workers->before_drain_ = before_drain_of(options);
  workers->guard_ = guard_of(options, budget);
  workers->on_serving_ = options.on_serving;
  workers->watchdog_ = options.watchdog;
  for (std::size_t index = 0; index < options.workers; ++index) {
    auto loop = Loop::create(parts, options, budget, {}, index);
    if (!loop) return loop.error();
    workers->loops_.push_back(std::move(*loop));
  }
  return workers;
}

WorkerLoops::~WorkerLoops() {
  end();
  static_cast<void>(join());
}

// If all loops have ended, the chosen one closes the connection.
Loop& WorkerLoops::least_loaded() noexcept {
  const auto found = chooser_.among(loops_.size(), [this](std::size_t index) {
    const Loop& loop = *loops_[index];
    return loop.takes_more() ? std::optional(loop.open_count()) : std::nullopt;
  });
  return *loops_[found.value_or(0)];
}

Result<void> WorkerLoops::run(std::function<void()> on_drain, const SignalHub& signals) {
  std::unique_ptr<ServerSignals> heard;
  if (handle_signals_) {
    auto created = ServerSignals::create_guarded(*main_->loop, signals,
                                                 {.on_drain = std::move(on_drain),
                                                  .on_end = [this] { end(); },
                                                  .before_drain = before_drain_},
                                                 guard_);
    if (!created) return created.error();
    heard = std::move(*created);
  }
  const WatchedLoop watched(*main_->loop, watchdog_, "the main loop", WatchedLoop::Role::main);
  const auto started = start();
  if (!started) return started;
  if (on_serving_) on_serving_();
  const auto ran = main_->loop->run();
  const auto joined = join();
  return ran ? joined : ran;
}

Result<void> WorkerLoops::start() {
  for (std::size_t index = 0; index < loops_.size(); ++index) {
    running_count_.fetch_add(1);
    auto thread =
        start_thread("worker-" + std::to_string(index), [this, index] { run_loop(index); });
    if (!thread) {
      running_count_.fetch_sub(1);
      return thread.error();
    }
    threads_.push_back(std::move(*thread));
  }
  return {};
}

void WorkerLoops::run_loop(std::size_t index) {
  trace_as("worker");
  const WatchedLoop watched(loops_[index]->event_loop(), watchdog_,
                            "worker-" + std::to_string(index), WatchedLoop::Role::worker);
  const auto ended = loops_[index]->run();
  if (!ended) {
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = ended.error();
  }
  if (running_count_.fetch_sub(1) == 1) main_->loop->stop();
}

void WorkerLoops::drain() {
  for (const auto& loop : loops_) {
    // Called at once, not in the loop: the loop may be asleep in a call, or busy with an answer
    // that must already announce the end of its connection.
    loop->service().drain();
    loop->event_loop().post([&loop = *loop] { loop.drain([&loop] { loop.event_loop().stop(); }); });
  }
}

void WorkerLoops::end() {
  for (const auto& loop : loops_) {
    loop->event_loop().post([&loop = *loop] {
      loop.close_all();
      loop.event_loop().stop();
    });
  }
}

Result<void> WorkerLoops::join() {
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  threads_.clear();
  const std::lock_guard lock(failure_mutex_);
  if (failure_) return *failure_;
  return {};
}

}  // namespace hpserver
