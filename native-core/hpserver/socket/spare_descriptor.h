#pragma once

#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A descriptor kept in reserve. Without a free one, a connection can be neither served nor refused,
// and a level-triggered listener would be reported forever; the spare makes a clean close possible.
class SpareDescriptor {
 public:
  // Errors: EMFILE, ENFILE.
  static Result<SpareDescriptor> open();

  // Accepts one connection by giving up the spare and closes it; then opens a new spare if
  // possible.
  void shed_one(int listen_fd);
  // Opens a new spare if the last attempt failed.
  void refill();

 private:
  explicit SpareDescriptor(Fd fd) noexcept : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace hpserver
