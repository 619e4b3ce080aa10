#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "hpserver/concurrency/loop.h"
#include "hpserver/concurrency/member.h"
#include "hpserver/connection/crew.h"
#include "hpserver/pool/thread_pool.h"

namespace hpserver {

// The synchronous half of half-sync/half-reactive: a bounded request queue, and threads that
// compete for its entries. Each connection returns to its loop when a thread is done with it, so
// everything except the queue belongs to one thread.
class ThreadCrew final : public Crew {
 public:
  // Works for `loop`, which must outlive it.
  ThreadCrew(Loop& loop, const ServerParts& parts, const ServerOptions& options);

  // Call it before the first connection. Errors: those of ThreadPool::start.
  Result<void> start();

  // The loop's thread; false if the queue is full.
  [[nodiscard]] bool take(Connection& connection) override;

  // Any thread: every answer from now on is the last on its connection.
  void drain();

  [[nodiscard]] ThreadPoolStatistics statistics() const { return threads_.statistics(); }

 private:
  void work(Connection& connection);

  Loop& loop_;
  std::vector<std::unique_ptr<Member>> members_;  // by thread number
  ThreadPool threads_;
};

}  // namespace hpserver
