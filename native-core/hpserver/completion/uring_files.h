#pragma once

#include <vector>

#include "hpserver/os/uring_ring.h"

namespace hpserver {

// Descriptors registered with a ring, so its requests needn't look them up. Each has its own number
// as its place in the table, if that is large enough. Changes are submitted with the next wait and
// cost no system call. A registered file stays open until its removal has been submitted too. For
// the ring's thread.
// See: io_uring_register_files(3).
class UringFiles {
 public:
  // Each costs 16 bytes in the kernel and 4 here.
  static constexpr unsigned kMost = 16'384;

  // Makes room for as many descriptors as the process may open, at most kMost. There is no room if
  // the kernel refuses, or if it closes a removed file only after all earlier requests of the ring
  // have ended (before Linux 6.14): a request that waits for an idle client would keep every later
  // connection open.
  explicit UringFiles(UringRing& ring);

  // False if there is no room: then use the descriptor as it is.
  [[nodiscard]] bool add(UringRing& ring, int fd);
  void remove(UringRing& ring, int fd);

 private:
  std::vector<int> numbers_;  // numbers_[n] is n: what the kernel reads to apply a change
};

}  // namespace hpserver
