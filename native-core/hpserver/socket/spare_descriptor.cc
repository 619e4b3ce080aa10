#include "hpserver/socket/spare_descriptor.h"

#include <fcntl.h>

#include "hpserver/socket/listen.h"

namespace hpserver {

namespace {

Fd open_null() {
  return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace

Result<SpareDescriptor> SpareDescriptor::open() {
  Fd fd = open_null();
  if (!fd) return last_error("open");
  return SpareDescriptor(std::move(fd));
}

void SpareDescriptor::shed_one(int listen_fd) {
  fd_.reset();
  static_cast<void>(accept_one(listen_fd));
  refill();
}

void SpareDescriptor::refill() {
  if (!fd_) fd_ = open_null();
}

}  // namespace hpserver
