#pragma once

#include <memory>

#include "hpserver/concurrency/accepting_threads.h"

namespace hpserver {

// Threads that were started before their clients came: each sleeps in accept(2) on the one
// listening socket, of which the kernel wakes the one that has slept longest, and then serves its
// client to the end. As many clients at once as threads; the others wait in the backlog. For
// blocking I/O. See: UNP, 30.11.
class Prethreaded final : public AcceptingThreads {
 public:
  // Blocks the signals it handles, so call it before any thread is started.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<Prethreaded>> create(const ServerParts& parts,
                                                     const ServerOptions& options);

 private:
  explicit Prethreaded(const ServerOptions& options) : AcceptingThreads(options, nullptr) {}
};

}  // namespace hpserver
