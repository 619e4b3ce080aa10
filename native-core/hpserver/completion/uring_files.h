#pragma once

#include <vector>

#include "hpserver/os/uring_ring.h"

namespace hpserver {

// Descriptors that are registered with a ring, so that its requests needn't look them up: each by
// its own number, as far as the table goes. Changes go with the next wait and cost no system call.
// A registered file stays open until its removal has gone too. For the ring's thread.
// See: io_uring_register_files(3).
class UringFiles {
 public:
  // 16 bytes of the kernel's and 4 of ours for each.
  static constexpr unsigned kMost = 16'384;

  // As many as the process may open, at most kMost; none where the kernel refuses, or where it
  // would close a removed file only after all earlier requests of the ring have ended (before Linux
  // 6.14): a request that waits for an idle client would keep every later connection open.
  explicit UringFiles(UringRing& ring);

  // False where there is no place: the descriptor is used as it is.
  [[nodiscard]] bool add(UringRing& ring, int fd);
  void remove(UringRing& ring, int fd);

 private:
  std::vector<int> numbers_;  // each its own index: what the kernel reads when a change goes
};

}  // namespace hpserver
