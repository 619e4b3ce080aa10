#pragma once

#include <memory>

#include "hpserver/concurrency/accepting_threads.h"

namespace hpserver {

// Leader/followers where accept is all that is led: the leader sleeps in accept(2); when a client
// has come it makes a follower the leader, and serves its client to the end. So nothing but the
// leader ever waits for new clients, and no two threads wake for one. For blocking I/O, where a
// connection is waited for by the thread that it belongs to. See: POSA2, Leader/Followers.
class LeadingAccept final : public AcceptingThreads {
 public:
  // Makes I/O units of its own: `parts.make_io` isn't asked, since the leadership is in them.
  // Blocks the signals it handles, so call it before any thread is started.
  // Errors: those of make_blocking.
  static Result<std::unique_ptr<LeadingAccept>> create(const ServerParts& parts,
                                                       const ServerOptions& options);

 private:
  using AcceptingThreads::AcceptingThreads;
};

}  // namespace hpserver
