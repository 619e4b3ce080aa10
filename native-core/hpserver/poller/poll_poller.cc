#include "hpserver/poller/poll_poller.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <utility>

#include "hpserver/os/shortage.h"
#include "hpserver/poller/poll_bits.h"
#include "hpserver/poller/time_left.h"

namespace hpserver {
namespace {

constexpr int silenced(int fd) noexcept {
  return ~fd;
}

constexpr int number_of(const pollfd& watched) noexcept {
  return watched.fd < 0 ? ~watched.fd : watched.fd;
}

}  // namespace

Result<PollPoller> PollPoller::create() {
  auto gate = WaitGate::create();
  if (!gate) return gate.error();
  return PollPoller{std::move(*gate)};
}

PollPoller::PollPoller(WaitGate gate) : gate_(std::move(gate)) {
  watched_.push_back({.fd = gate_.fd(), .events = POLLIN, .revents = 0});
}

Result<void> PollPoller::add(int fd, Token token, Interest interest, Trigger trigger) {
  if (trigger == Trigger::edge) return Error{EINVAL, "poll"};
  if (fd < 0) return Error{EBADF, "poll"};
  const auto lock = gate_.lock();
  if (entries_.find(fd) != nullptr) return Error{EEXIST, "poll"};
  entries_.insert(fd, {.token = token,
                       .trigger = trigger,
                       .index = watched_.size(),
                       .changed_in_wait = gate_.wait_number()});
  watched_.push_back({.fd = fd, .events = to_poll_bits(interest), .revents = 0});
  changed();
  return {};
}

Result<void> PollPoller::modify(int fd, Token token, Interest interest, Trigger trigger) {
  if (trigger == Trigger::edge) return Error{EINVAL, "poll"};
  const auto lock = gate_.lock();
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "poll"};
  entry->token = token;
  entry->trigger = trigger;
  entry->changed_in_wait = gate_.wait_number();
  pollfd& watched = watched_[entry->index];
  const short bits = to_poll_bits(interest);
  if (watched.fd == fd && watched.events == bits) return {};
  watched = {.fd = fd, .events = bits, .revents = 0};
  changed();
  return {};
}

// A wait keeps the file open even after close(2), so the peer wouldn't see the close: another
// reason to interrupt the wait.
Result<void> PollPoller::remove(int fd) {
  const auto lock = gate_.lock();
  Entry* const entry = entries_.find(fd);
  if (entry == nullptr) return Error{ENOENT, "poll"};
  const std::size_t index = entry->index;
  entries_.erase(fd);
  if (index + 1 < watched_.size()) {
    watched_[index] = watched_.back();
    entries_.find(number_of(watched_[index]))->index = index;
  }
  watched_.pop_back();
  changed();
  return {};
}

void PollPoller::changed() noexcept {
  changed_ = true;
  gate_.interrupt();
}

Result<std::size_t> PollPoller::wait(std::span<Event> events, std::chrono::milliseconds timeout) {
  assert(!events.empty());
  const TimeLeft left(timeout);
  while (true) {
    auto lock = gate_.lock();
    gate_.begin_wait();
    if (std::exchange(changed_, false)) polled_ = watched_;
    lock.unlock();

    const int timeout_ms = left.in_milliseconds();
    const int count = ::poll(polled_.data(), polled_.size(), timeout_ms);
    const Error error = last_error("poll");

    lock.lock();
    gate_.end_wait();
    if (count == 0 || (count == -1 && error.code == EINTR)) return std::size_t{0};
    if (count == -1) {
      if (!is_shortage(error.code)) return error;
      lock.unlock();
      sit_out_shortage(std::chrono::milliseconds{timeout_ms});
      return std::size_t{0};
    }
    const std::size_t filled = collect(static_cast<std::size_t>(count), events);
    if (filled > 0 || timeout_ms == 0) return filled;
  }
}

std::size_t PollPoller::collect(std::size_t ready_count, std::span<Event> events) {
  std::size_t filled = 0;
  std::size_t index = next_index_ < polled_.size() ? next_index_ : 0;
  while (ready_count > 0 && filled < events.size()) {
    const pollfd& polled = polled_[index];
    if (polled.revents != 0) {
      --ready_count;
      if (report(polled, events[filled])) ++filled;
    }
    index = index + 1 == polled_.size() ? 0 : index + 1;
  }
  next_index_ = index;
  return filled;
}

// A descriptor that was changed during the wait may refer to another file by now; if that is ready,
// the next wait reports it.
bool PollPoller::report(const pollfd& polled, Event& event) {
  Entry* const entry = entries_.find(polled.fd);
  if (entry == nullptr || entry->changed_in_wait == gate_.wait_number()) return false;
  if (entry->trigger == Trigger::oneshot) {
    watched_[entry->index].fd = silenced(polled.fd);
    changed_ = true;
  }
  event = {entry->token, from_poll_bits(polled.revents)};
  return true;
}

}  // namespace hpserver
