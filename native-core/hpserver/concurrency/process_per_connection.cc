#include "hpserver/concurrency/process_per_connection.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/process/worker_notice.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/reap.h"

namespace hpserver {

namespace {

// Stands for no process; it must never be signalled, since 0 means our own group.
constexpr pid_t kNobody = 0;

}  // namespace

Result<std::unique_ptr<ProcessPerConnection>> ProcessPerConnection::create(
    const ServerParts& parts, const ServerOptions& options) {
  std::unique_ptr<ProcessPerConnection> server(new ProcessPerConnection(parts, options));
  const auto opened = server->open();
  if (!opened) return opened.error();
  const auto blocked = block_signals({SIGCHLD});
  if (!blocked) return blocked.error();
  auto source = SignalSource::create({SIGCHLD});
  if (!source) return source.error();
  server->child_ends_.emplace(std::move(*source));
  server->watch_ = std::make_unique<Watch>(server->main_loop(), *server);
  const auto watched = server->watch_->want(server->child_ends_->fd(), {.readable = true});
  if (!watched) return watched.error();
  return server;
}

ProcessPerConnection::~ProcessPerConnection() {
  signal_all(SIGKILL);
  for (const pid_t child : children_) {
    if (child != kNobody) static_cast<void>(await_exit(child));
  }
}

Result<void> ProcessPerConnection::accompany(Companion& companion) {
  companion_ = &companion;
  return companion.run_within(main_loop());
}

void ProcessPerConnection::on_accept() {
  reap();
  const auto free = std::ranges::find(children_, kNobody);
  next_ = static_cast<std::size_t>(free - children_.begin());
  if (options().limits.peer_limit) options().limits.peer_limit->count_as(next_);
}

bool ProcessPerConnection::serve(Fd& conn_fd, PeerLimit::Place place) {
  if (next_ >= max_executors()) return false;
  if (next_ == children_.size()) children_.push_back(kNobody);
  trace(TraceStep::hand_over, conn_fd.get());
  std::fflush(nullptr);  // otherwise the child would print it again
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == -1) return false;
  if (child == 0) become_child(std::move(conn_fd), place, parent);
  // A group of its own, so a terminal's Ctrl-C reaches only the parent.
  ::setpgid(child, child);
  children_[next_] = child;
  conn_fd.reset();
  return true;
}

void ProcessPerConnection::become_child(Fd conn_fd, PeerLimit::Place place, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(0);
  unblock_signals({SIGCHLD});
  close_listeners();
  if (companion_ != nullptr) companion_->abandon();
  const auto served = serve_one(std::move(conn_fd), place);
  std::fflush(nullptr);
  ::_exit(served ? 0 : 1);
}

Result<void> ProcessPerConnection::serve_one(Fd conn_fd, PeerLimit::Place place) {
  trace_as("connection");
  // The parent drains the child by these signals, even if it doesn't handle them itself.
  const auto blocked = ServerSignals::block();
  if (!blocked) return blocked;
  ConnectionBudget budget(1);
  const auto loop = Loop::create(parts(), options(), budget, {}, next_);
  if (!loop) return loop.error();
  EventLoop& events = (*loop)->event_loop();
  const auto heard = ServerSignals::create(
      events, signals(),
      {.on_drain = [&] { (*loop)->drain({}); }, .on_end = [&] { (*loop)->close_all(); }});
  if (!heard) return heard.error();
  (*loop)->connections().adopt(std::move(conn_fd), place);
  while ((*loop)->connections().size() > 0) {
    const auto turned = events.turn(EventLoop::kForever);
    if (!turned) return turned;
  }
  return {};
}

void ProcessPerConnection::on_ready(Ready) {
  // Reading a signalfd fails only if it is empty, so there is nothing to report.
  static_cast<void>(child_ends_->drain([](const Signal&) {}));
  reap();
}

void ProcessPerConnection::reap() {
  while (true) {
    const auto ended = reap_one();
    if (!ended || !*ended) return;
    bury((*ended)->pid);
    if (!(*ended)->killed || killed_) continue;
    main_loop().notices().note(Notices::Kind::crashed,
                               {"a connection's process", describe(**ended)});
  }
}

// Gives back what the child has counted for its client: no one else would.
void ProcessPerConnection::bury(pid_t child) {
  const auto found = std::ranges::find(children_, child);
  if (found == children_.end()) return;
  *found = kNobody;
  const auto index = static_cast<std::size_t>(found - children_.begin());
  if (options().limits.peer_limit) options().limits.peer_limit->forget(index);
}

std::size_t ProcessPerConnection::live_count() const {
  return children_.size() - static_cast<std::size_t>(std::ranges::count(children_, kNobody));
}

bool ProcessPerConnection::busy() {
  reap();
  return live_count() > 0;
}

void ProcessPerConnection::signal_all(int number) const {
  for (const pid_t child : children_) {
    if (child != kNobody) ::kill(child, number);
  }
}

void ProcessPerConnection::drain_executors() {
  signal_all(SIGTERM);
}

void ProcessPerConnection::end_executors() {
  if (!std::exchange(ending_, true)) signal_all(SIGTERM);
}

void ProcessPerConnection::kill_executors() {
  if (!std::exchange(killed_, true) && live_count() > 0) {
    const std::string count = std::to_string(live_count());
    main_loop().notices().note(Notices::Kind::cut_off,
                               {count, live_count() == 1 ? " process" : " processes",
                                " did not stop in time: killed, and unfinished requests are lost"});
  }
  signal_all(SIGKILL);
}

}  // namespace hpserver
