#pragma once

#include <cstdint>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"

namespace hpserver {

// A non-blocking counter in the kernel; its descriptor is readable while the count is not zero. Any
// thread may call `add`. See: eventfd(2).
class EventFd {
 public:
  // Errors: EMFILE, ENFILE, ENOMEM.
  static Result<EventFd> create();

  // Adds to the counter. Errors: EAGAIN (the sum would pass 2^64 - 2).
  Result<void> add(std::uint64_t count = 1) const;

  // Returns the counter and resets it to zero; 0 if it was zero already.
  Result<std::uint64_t> take() const;

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  explicit EventFd(Fd fd) noexcept : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace hpserver
