#pragma once

#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A descriptor kept in reserve. Without a free one a connection can be neither served nor refused,
// and a level-triggered listener would be reported for ever: this one buys a clean close.
class SpareDescriptor {
 public:
  // Errors: EMFILE, ENFILE.
  static Result<SpareDescriptor> open();

  // Accepts one connection in its place and closes it; then takes a new one if it can.
  void shed_one(int listen_fd);
  // Takes a new one where the last attempt failed.
  void refill();

 private:
  explicit SpareDescriptor(Fd fd) noexcept : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace hpserver
