#include "hpserver/os/event_fd.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "hpserver/os/syscall.h"

namespace hpserver {

Result<EventFd> EventFd::create() {
  Fd fd{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
  if (!fd) return last_error("eventfd");
  return EventFd{std::move(fd)};
}

Result<void> EventFd::add(std::uint64_t count) const {
  const auto written = retry_on_eintr([&] { return ::write(fd(), &count, sizeof count); });
  if (written == -1) return last_error("write");
  return {};
}

Result<std::uint64_t> EventFd::take() const {
  std::uint64_t count = 0;
  const auto got = retry_on_eintr([&] { return ::read(fd(), &count, sizeof count); });
  if (got == -1 && errno != EAGAIN) return last_error("read");
  return count;
}

}  // namespace hpserver
