#include "hpserver/link/relay.h"

#include "hpserver/os/splice.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

Result<std::unique_ptr<Relay>> Relay::create(EventLoop& loop, PipePool& pipes, Fd first, Fd second,
                                             Ended ended, const RelayOptions& options) {
  std::unique_ptr<Relay> relay(
      new Relay(loop, pipes, std::move(first), std::move(second), std::move(ended), options));
  if (const auto watched = relay->update_interest(); !watched) return watched.error();
  return relay;
}

Relay::Relay(EventLoop& loop, PipePool& pipes, Fd first, Fd second, Ended ended,
             const RelayOptions& options)
    : loop_(loop),
      options_(options),
      pipes_(pipes),
      ended_(std::move(ended)),
      first_(*this, loop, std::move(first)),
      second_(*this, loop, std::move(second)),
      moved_(Clock::now()),
      timer_([this] { on_idle_due(); }) {
  loop_.schedule(timer_, moved_ + options_.idle_timeout);
}

Result<std::size_t> Relay::Course::fill(PipePool& pipes, int source_fd) {
  if (!lent && copied == nullptr) {
    auto taken = pipes.take();
    if (taken) {
      lent = std::move(*taken);
    } else {
      copied = std::make_unique<std::array<char, kCopyBytes>>();
    }
  }
  first_byte = 0;
  if (lent) return move_bytes(source_fd, lent->pipe.write_end.get(), lent->capacity_bytes);
  return receive(source_fd, *copied, {.dont_wait = true});
}

Result<std::size_t> Relay::Course::pass_on(int sink_fd) {
  if (lent) return move_bytes(lent->pipe.read_end.get(), sink_fd, held_bytes);
  const auto sent = send(sink_fd, {copied->data() + first_byte, held_bytes}, {.dont_wait = true});
  if (sent) first_byte += *sent;
  return sent;
}

void Relay::Course::rest(PipePool& pipes) {
  if (lent) pipes.give_back(std::move(*lent));
  lent.reset();
  copied.reset();
}

void Relay::run() {
  moved_ = loop_.now();
  auto moved = move(forward_, first_.fd(), second_.fd());
  if (moved) moved = move(backward_, second_.fd(), first_.fd());
  if (moved && !(forward_.ended && backward_.ended)) moved = update_interest();
  if (moved && !(forward_.ended && backward_.ended)) return;
  end(moved);
}

// The timer is moved once per idle timeout, not with every byte.
void Relay::on_idle_due() {
  const Deadline due = moved_ + options_.idle_timeout;
  if (due > loop_.now()) {
    loop_.schedule(timer_, due);
  } else {
    end(Error{ETIMEDOUT, "relay"});
  }
}

void Relay::end(const Result<void>& result) {
  timer_.unlink();
  static_cast<void>(first_.want({}));
  static_cast<void>(second_.want({}));
  // Copied first: the callback may destroy the relay.
  const Ended ended = ended_;
  ended(result);
}

Result<void> Relay::move(Course& course, int source_fd, int sink_fd) {
  for (std::size_t filled_bytes = 0; !course.ended;) {
    if (course.held_bytes == 0) {
      if (filled_bytes >= options_.budget_bytes) return {};
      const auto filled = course.fill(pipes_, source_fd);
      if (!filled || *filled == 0) course.rest(pipes_);
      if (!filled) return would_block(filled.error()) ? Result<void>{} : filled.error();
      if (*filled == 0) {
        course.ended = true;
        return shut_down(sink_fd, Direction::write);
      }
      course.held_bytes = *filled;
      filled_bytes += *filled;
    }
    const auto passed = course.pass_on(sink_fd);
    if (!passed) return would_block(passed.error()) ? Result<void>{} : passed.error();
    course.held_bytes -= *passed;
    course.moved_bytes += *passed;
  }
  return {};
}

// A side is read while its own pipe is empty, and written while the other's isn't.
Result<void> Relay::update_interest() {
  const auto wants_more = [](const Course& one) { return !one.ended && one.held_bytes == 0; };
  const auto first =
      first_.want({.readable = wants_more(forward_), .writable = backward_.held_bytes > 0});
  if (!first) return first;
  return second_.want({.readable = wants_more(backward_), .writable = forward_.held_bytes > 0});
}

}  // namespace hpserver
