#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "hpserver/concurrency/handle_set.h"
#include "hpserver/concurrency/member.h"
#include "hpserver/concurrency/one_loop_server.h"
#include "hpserver/concurrency/thread_set.h"
#include "hpserver/event/signal_hub.h"

namespace hpserver {

// Threads take turns at waiting: the leader waits for an event, promotes a follower to be the next
// leader, and then does everything that the event requires itself. There is no queue and no
// hand-over between the thread that sees a request and the one that serves it. Needs a
// demultiplexer with one-shot events that lets other threads register while one waits.
// See: POSA2, Leader/Followers.
class LeaderFollowers final : public OneLoopServer {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<LeaderFollowers>> create(const ServerParts& parts,
                                                         const ServerOptions& options);
  ~LeaderFollowers() override;

  // The calling thread is one of `ServerOptions::workers`. Whichever thread leads handles signals.
  Result<void> run(const SignalHub& signals) override;

 private:
  using OneLoopServer::OneLoopServer;

  void on_drain() override;
  void on_drained() override { threads_.close(); }

  void take_part(Member& member);
  void lead(Member& member);
  void work(Member& member, Connection& connection);
  void fail(const Error& error);

  ThreadSet threads_;
  std::unique_ptr<HandleSet> handles_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<std::thread> others_;
  std::mutex failure_mutex_;
  std::optional<Error> failure_;
};

}  // namespace hpserver
