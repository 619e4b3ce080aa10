#include "hpserver/concurrency/leader_followers.h"

#include <span>
#include <string>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/os/thread.h"

namespace hpserver {

Result<std::unique_ptr<LeaderFollowers>> LeaderFollowers::create(const ServerParts& parts,
                                                                 const ServerOptions& options) {
  std::unique_ptr<LeaderFollowers> server(new LeaderFollowers(options));
  // The leader only waits: every step of a connection is done by the thread that was woken.
  constexpr Duties kNone{.read = false, .process = false, .write = false};
  const auto opened = server->open(parts, options, kNone);
  if (!opened) return opened.error();
  Loop& loop = server->loop();
  server->handles_ = std::make_unique<HandleSet>(loop);
  loop.connections().hand_out_to(*server->handles_);
  // Events that became ready together wait for the same threads, so one shedder serves all.
  const auto shedder = options.limits.make_shedder ? options.limits.make_shedder() : nullptr;
  while (server->members_.size() < options.workers) {
    server->members_.push_back(std::make_unique<Member>(
        parts.make_service(), loop.buffers(), Duties{}, options, server->members_.size()));
    server->members_.back()->workspace.shedder = shedder;
  }
  return server;
}

LeaderFollowers::~LeaderFollowers() {
  threads_.close();
  for (std::thread& other : others_) {
    if (other.joinable()) other.join();
  }
}

Result<void> LeaderFollowers::run(const SignalHub& signals) {
  const auto heard = hear_signals(signals);
  if (!heard) return heard.error();
  const WatchedLoop watched = watch_loop();
  for (std::size_t index = 1; index < members_.size(); ++index) {
    auto other = start_thread("worker-" + std::to_string(index),
                              [this, index] { take_part(*members_[index]); });
    if (!other) {
      fail(other.error());
      break;
    }
    others_.push_back(std::move(*other));
  }
  if (!failure_) tell_serving();
  take_part(*members_.front());
  for (std::thread& other : others_) other.join();
  others_.clear();
  if (failure_) return *failure_;
  return {};
}

void LeaderFollowers::take_part(Member& member) {
  while (true) {
    trace_as("follower");
    const ThreadSet::Role role = threads_.join();
    if (std::holds_alternative<ThreadSet::Closed>(role)) return;
    if (auto* const* const connection = std::get_if<Connection*>(&role)) {
      work(member, **connection);
    } else {
      lead(member);
    }
  }
}

// Stays the leader while only timers and new connections come. Keeps the first connection that has
// an event; others of the same wait go to followers.
void LeaderFollowers::lead(Member& member) {
  trace_as("leader");
  std::vector<Connection*> ready;
  while (ready.empty() && !threads_.closed()) {
    auto waited = handles_->wait_for_event();
    if (waited) {
      ready = std::move(*waited);
    } else {
      fail(waited.error());
    }
  }
  if (!ready.empty()) threads_.hand_off(std::span(ready).subspan(1));
  trace(TraceStep::promote);
  threads_.promote_new_leader();
  if (!ready.empty()) work(member, *ready.front());
}

void LeaderFollowers::work(Member& member, Connection& connection) {
  trace_as("processing");
  member.workspace.now = Clock::now();
  connection.work(member.workspace);
  threads_.hand_off(handles_->register_handle(connection));
}

void LeaderFollowers::on_drain() {
  for (const auto& member : members_) member->service->drain();
}

void LeaderFollowers::fail(const Error& error) {
  {
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = error;
  }
  threads_.close();
}

}  // namespace hpserver
