#include "hpserver/poller/select_poller.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <optional>

#include "hpserver/os/shortage.h"
#include "hpserver/poller/time_left.h"

namespace hpserver {
namespace {

Result<void> check(int fd, Trigger trigger) {
  if (trigger == Trigger::edge) return Error{EINVAL, "select"};
  if (fd < 0) return Error{EBADF, "select"};
  // FD_SET would write beyond the end of the set.
  if (fd >= FD_SETSIZE) return Error{EMFILE, "FD_SET"};
  return {};
}

void set_member(fd_set& set, int fd, bool wanted) noexcept {
  if (wanted) {
    FD_SET(fd, &set);
  } else {
    FD_CLR(fd, &set);
  }
}

// Returns nothing for an infinite timeout, for which select(2) takes a null pointer.
std::optional<timeval> to_native(int timeout_ms) noexcept {
  if (timeout_ms < 0) return std::nullopt;
  return timeval{.tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000};
}

}  // namespace

Result<SelectPoller> SelectPoller::create() {
  auto gate = WaitGate::create();
  if (!gate) return gate.error();
  if (gate->fd() >= FD_SETSIZE) return Error{EMFILE, "FD_SET"};
  return SelectPoller{std::move(*gate)};
}

SelectPoller::SelectPoller(WaitGate gate) : gate_(std::move(gate)), highest_(gate_.fd()) {
  FD_ZERO(&wanted_.readable);
  FD_ZERO(&wanted_.writable);
  FD_ZERO(&wanted_.exceptional);
  FD_SET(gate_.fd(), &wanted_.readable);
}

std::size_t SelectPoller::capacity() const noexcept {
  return static_cast<std::size_t>(FD_SETSIZE - 1 - gate_.fd());
}

Result<void> SelectPoller::add(int fd, Token token, Interest interest, Trigger trigger) {
  if (const auto checked = check(fd, trigger); !checked) return checked;
  const auto lock = gate_.lock();
  if (entries_.find(fd) != nullptr) return Error{EEXIST, "select"};
  entries_.insert(fd, {.token = token,
                       .interest = interest,
                       .trigger = trigger,
                       .changed_in_wait = gate_.wait_number()});
  want(fd, interest);
  return {};
}

Result<void> SelectPoller::modify(int fd, Token token, Interest interest, Trigger trigger) {
  if (const auto checked = check(fd, trigger); !checked) return checked;
  const auto lock = gate_.lock();
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "select"};
  const bool same_sets = !entry->silent && entry->interest == interest;
  *entry = {.token = token,
            .interest = interest,
            .trigger = trigger,
            .changed_in_wait = gate_.wait_number()};
  if (!same_sets) want(fd, interest);
  return {};
}

// A wait keeps the file open even after close(2), so the peer wouldn't see the close: another
// reason to interrupt the wait.
Result<void> SelectPoller::remove(int fd) {
  const auto lock = gate_.lock();
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "select"};
  if (!entry->silent) want(fd, {});
  entries_.erase(fd);
  return {};
}

void SelectPoller::want(int fd, Interest interest) noexcept {
  set_member(wanted_.readable, fd, interest.readable);
  set_member(wanted_.writable, fd, interest.writable);
  set_member(wanted_.exceptional, fd, interest.priority);
  highest_ = std::max(highest_, fd);
  const auto wanted = [&](int member) {
    return FD_ISSET(member, &wanted_.readable) || FD_ISSET(member, &wanted_.writable) ||
           FD_ISSET(member, &wanted_.exceptional);
  };
  while (!wanted(highest_)) --highest_;  // The gate's descriptor stays wanted.
  gate_.interrupt();
}

Result<std::size_t> SelectPoller::wait(std::span<Event> events, std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  while (true) {
    auto lock = gate_.lock();
    gate_.begin_wait();
    Sets sets = wanted_;
    const int highest = highest_;
    lock.unlock();

    const int timeout_ms = left.in_milliseconds();
    auto native = to_native(timeout_ms);
    const int count = ::select(highest + 1, &sets.readable, &sets.writable, &sets.exceptional,
                               native ? &*native : nullptr);
    const Error error = last_error("select");

    lock.lock();
    const bool interrupted = gate_.end_wait();
    if (count == 0 || (count == -1 && error.code == EINTR)) return std::size_t{0};
    // A descriptor may have been removed and closed between the copy and the call.
    if (count == -1 && interrupted) continue;
    if (count == -1) {
      if (!is_shortage(error.code)) return error;
      lock.unlock();
      sit_out_shortage(std::chrono::milliseconds{timeout_ms});
      return std::size_t{0};
    }
    const std::size_t filled = collect(sets, highest, events);
    if (filled > 0 || timeout_ms == 0) return filled;
  }
}

std::size_t SelectPoller::collect(const Sets& ready, int highest, std::span<Event> events) {
  std::size_t filled = 0;
  const int first = next_fd_ <= highest ? next_fd_ : 0;
  int fd = first;
  do {
    const Ready bits{.readable = FD_ISSET(fd, &ready.readable) != 0,
                     .writable = FD_ISSET(fd, &ready.writable) != 0,
                     .priority = FD_ISSET(fd, &ready.exceptional) != 0};
    if ((bits.readable || bits.writable || bits.priority) && report(fd, bits, events[filled])) {
      ++filled;
    }
    fd = fd == highest ? 0 : fd + 1;
  } while (fd != first && filled < events.size());
  next_fd_ = fd;
  return filled;
}

// A descriptor that was changed during the wait may refer to another file by now; if that is ready,
// the next wait reports it.
bool SelectPoller::report(int fd, Ready ready, Event& event) {
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr || entry->changed_in_wait == gate_.wait_number()) return false;
  if (entry->trigger == Trigger::oneshot) {
    entry->silent = true;
    want(fd, {});
  }
  event = {entry->token, ready};
  return true;
}

}  // namespace hpserver
