#include "hpserver/poller/epoll_poller.h"

#include <sys/epoll.h>

#include <algorithm>
#include <cassert>
#include <climits>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace hpserver {
namespace {

// The kernel writes its events into the caller's array, and each is then converted in place, front
// to back. An Event is never larger, so the kernel's events are read before they are overwritten.
static_assert(sizeof(Event) <= sizeof(epoll_event));
static_assert(std::is_trivially_copyable_v<Event>);

epoll_event to_native(Token token, Interest interest, Trigger trigger) noexcept {
  epoll_event event{};
  if (interest.readable) event.events |= EPOLLIN | EPOLLRDHUP;
  if (interest.writable) event.events |= EPOLLOUT;
  if (interest.priority) event.events |= EPOLLPRI;
  if (trigger == Trigger::edge) event.events |= EPOLLET;
  if (trigger == Trigger::oneshot) event.events |= EPOLLONESHOT;
  event.data.u64 = token.packed();
  return event;
}

Ready to_ready(std::uint32_t bits) noexcept {
  return {.readable = (bits & EPOLLIN) != 0,
          .writable = (bits & EPOLLOUT) != 0,
          .priority = (bits & EPOLLPRI) != 0,
          .read_closed = (bits & EPOLLRDHUP) != 0,
          .hang_up = (bits & EPOLLHUP) != 0,
          .error = (bits & EPOLLERR) != 0};
}

void rewrite_in_place(std::span<Event> events, std::size_t count) noexcept {
  const auto* kernel_bytes = reinterpret_cast<const std::byte*>(events.data());
  for (std::size_t index = 0; index < count; ++index) {
    epoll_event from;
    std::memcpy(&from, kernel_bytes + index * sizeof from, sizeof from);
    events[index] = {Token::unpacked(from.data.u64), to_ready(from.events)};
  }
}

Result<void> control(int epoll_fd, int operation, int fd, epoll_event event) {
  if (::epoll_ctl(epoll_fd, operation, fd, &event) == -1) return last_error("epoll_ctl");
  return {};
}

int to_native(std::chrono::milliseconds timeout) noexcept {
  return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(timeout.count(), -1, INT_MAX));
}

}  // namespace

Result<EpollPoller> EpollPoller::create() {
  Fd fd{::epoll_create1(EPOLL_CLOEXEC)};
  if (!fd) return last_error("epoll_create1");
  return EpollPoller{std::move(fd)};
}

Result<void> EpollPoller::add(int fd, Token token, Interest interest, Trigger trigger) {
  return control(fd_.get(), EPOLL_CTL_ADD, fd, to_native(token, interest, trigger));
}

Result<void> EpollPoller::modify(int fd, Token token, Interest interest, Trigger trigger) {
  return control(fd_.get(), EPOLL_CTL_MOD, fd, to_native(token, interest, trigger));
}

Result<void> EpollPoller::remove(int fd) {
  return control(fd_.get(), EPOLL_CTL_DEL, fd, {});
}

Result<std::size_t> EpollPoller::wait(std::span<Event> events, std::chrono::milliseconds timeout) {
  const auto room = std::min(events.size_bytes() / sizeof(epoll_event), kMaxBatch);
  assert(room > 0);
  auto* kernel_events = reinterpret_cast<epoll_event*>(events.data());
  const int count =
      ::epoll_wait(fd_.get(), kernel_events, static_cast<int>(room), to_native(timeout));
  if (count == -1) {
    if (errno == EINTR) return std::size_t{0};
    return last_error("epoll_wait");
  }
  const auto filled = static_cast<std::size_t>(count);
  rewrite_in_place(events, filled);
  return filled;
}

}  // namespace hpserver
