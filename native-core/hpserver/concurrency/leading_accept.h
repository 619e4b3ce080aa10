#pragma once

#include <memory>

#include "hpserver/concurrency/accepting_threads.h"

namespace hpserver {

// Leader/followers for accept only: the leader sleeps in accept(2); when a client has come, it
// makes a follower the leader and serves its client to the end. So only the leader waits for new
// clients, and no two threads wake for one. For blocking I/O, where each thread waits for its own
// connection. See: POSA2, Leader/Followers.
class LeadingAccept final : public AcceptingThreads {
 public:
  // Creates its own I/O units, since they contain the leadership; `parts.make_io` isn't used.
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of make_blocking.
  static Result<std::unique_ptr<LeadingAccept>> create(const ServerParts& parts,
                                                       const ServerOptions& options);

 private:
  using AcceptingThreads::AcceptingThreads;
};

}  // namespace hpserver
