#include "hpserver/socket/spare_descriptor.h"

#include <sys/eventfd.h>

#include "hpserver/socket/listen.h"

namespace hpserver {

namespace {

// Any descriptor would do; an eventfd needs no path, which may not exist after chroot.
Fd open_any() {
  return Fd(::eventfd(0, EFD_CLOEXEC));
}

}  // namespace

Result<SpareDescriptor> SpareDescriptor::open() {
  Fd fd = open_any();
  if (!fd) return last_error("eventfd");
  return SpareDescriptor(std::move(fd));
}

void SpareDescriptor::shed_one(int listen_fd) {
  fd_.reset();
  static_cast<void>(accept_one(listen_fd));
  refill();
}

void SpareDescriptor::refill() {
  if (!fd_) fd_ = open_any();
}

}  // namespace hpserver
