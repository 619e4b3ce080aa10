#pragma once

#include <memory>

#include "hpserver/concurrency/accepting_threads.h"

namespace hpserver {

// Threads started before their clients come: each sleeps in accept(2) on the one listening socket
// (the kernel wakes the one that has slept longest), and then serves its client to the end. There
// are as many clients at once as threads; the others wait in the backlog. For blocking I/O. See:
// UNP, 30.11.
class Prethreaded final : public AcceptingThreads {
 public:
  // Blocks the signals that it handles, so call it before starting any thread.
  // Errors: those of Loop::create.
  static Result<std::unique_ptr<Prethreaded>> create(const ServerParts& parts,
                                                     const ServerOptions& options);

 private:
  explicit Prethreaded(const ServerOptions& options) : AcceptingThreads(options, nullptr) {}
};

}  // namespace hpserver
