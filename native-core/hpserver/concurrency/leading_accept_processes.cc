#include "hpserver/concurrency/leading_accept_processes.h"

#include <pthread.h>
#include <time.h>

#include <cerrno>
#include <chrono>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/os/shared_memory.h"
#include "hpserver/socket/listen.h"
#include "hpserver/transport/blocking_io.h"

namespace hpserver {

namespace {

// The leadership is a lock in shared memory. Robust: the kernel releases it if its owner is killed.
class ProcessTurns final : public AcceptTurns {
 public:
  // Errors: those of SharedMemory::create.
  static Result<std::unique_ptr<AcceptTurns>> create() {
    auto memory = SharedArray<pthread_mutex_t>::create(1);
    if (!memory) return memory.error();
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    const int code = ::pthread_mutex_init(&(*memory)[0], &attributes);
    ::pthread_mutexattr_destroy(&attributes);
    if (code != 0) return Error{code, "pthread_mutex_init"};
    return std::unique_ptr<AcceptTurns>(new ProcessTurns(std::move(*memory)));
  }

  bool take(std::chrono::milliseconds limit) override {
    trace_as("follower");
    const auto end = std::chrono::duration_cast<std::chrono::nanoseconds>(
        (Clock::now() + limit).time_since_epoch());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(end);
    const timespec until{.tv_sec = seconds.count(), .tv_nsec = (end - seconds).count()};
    const int code = ::pthread_mutex_clocklock(&lock_[0], CLOCK_MONOTONIC, &until);
    // The lock guards only the turn itself, so there is nothing to repair.
    if (code == EOWNERDEAD) ::pthread_mutex_consistent(&lock_[0]);
    if (code != 0 && code != EOWNERDEAD) return false;
    trace_as("leader");
    return true;
  }

  void pass_on() override {
    ::pthread_mutex_unlock(&lock_[0]);
    trace_as("processing");
  }

 private:
  explicit ProcessTurns(SharedArray<pthread_mutex_t> lock) : lock_(std::move(lock)) {}

  SharedArray<pthread_mutex_t> lock_;
};

}  // namespace

Result<std::unique_ptr<LeadingAcceptProcesses>> LeadingAcceptProcesses::create(
    const ServerParts& parts, const ServerOptions& options) {
  auto turns = ProcessTurns::create();
  if (!turns) return turns.error();
  std::unique_ptr<LeadingAcceptProcesses> server(
      new LeadingAcceptProcesses(options, std::move(*turns)));
  const BlockingLoop::Options led{.turns = server->turns_.get()};
  const ServerParts own{.make_io = [led] { return make_blocking_with(led); },
                        .make_service = parts.make_service};
  const auto opened =
      server->open(own, options, [&self = *server](const WorkerContext&, WorkerProcess& worker) {
        return self.give_sockets(worker);
      });
  if (!opened) return opened.error();
  return server;
}

Result<void> LeadingAcceptProcesses::accept_from(std::size_t /*acceptor*/, Fd listen_fd) {
  listen_fds_.push_back(std::move(listen_fd));
  return {};
}

// Runs in the worker.
Result<void> LeadingAcceptProcesses::give_sockets(WorkerProcess& worker) {
  for (Fd& listen_fd : listen_fds_) {
    const auto listening = worker.listen(std::move(listen_fd));
    if (!listening) return listening;
  }
  return {};
}

// The workers accept what is in the backlog, and are the last to hold the sockets.
void LeadingAcceptProcesses::close_listeners() {
  for (const Fd& listen_fd : listen_fds_) remove_socket_file(listen_fd.get());
  listen_fds_.clear();
}

}  // namespace hpserver
