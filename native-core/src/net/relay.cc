#include "hpserver/net/relay.h"

#include "hpserver/net/socket.h"
#include "hpserver/os/splice.h"

namespace hpserver {

Result<std::unique_ptr<Relay>> Relay::create(EventLoop& loop, Fd first, Fd second, Ended ended,
                                             const RelayOptions& options) {
  std::unique_ptr<Relay> relay(
      new Relay(loop, std::move(first), std::move(second), std::move(ended), options));
  for (Course* course : {&relay->forward_, &relay->backward_}) {
    if (const auto opened = open_pipe(*course, options); !opened) return opened.error();
  }
  if (const auto watched = relay->update_interest(); !watched) return watched.error();
  return relay;
}

Relay::Relay(EventLoop& loop, Fd first, Fd second, Ended ended, const RelayOptions& options)
    : options_(options),
      ended_(std::move(ended)),
      first_(*this, loop, std::move(first)),
      second_(*this, loop, std::move(second)) {}

Result<void> Relay::open_pipe(Course& course, const RelayOptions& options) {
  auto pipe = create_pipe({.capacity_bytes = options.pipe_bytes});
  if (!pipe) return pipe.error();
  const auto capacity = pipe_capacity(pipe->write_end.get());
  if (!capacity) return capacity.error();
  course.pipe = std::move(*pipe);
  course.capacity_bytes = *capacity;
  return {};
}

void Relay::run() {
  auto moved = move(forward_, first_.fd(), second_.fd());
  if (moved) moved = move(backward_, second_.fd(), first_.fd());
  if (moved && !(forward_.ended && backward_.ended)) moved = update_interest();
  if (moved && !(forward_.ended && backward_.ended)) return;
  static_cast<void>(first_.want({}));
  static_cast<void>(second_.want({}));
  // Kept aside: it may end the relay.
  const Ended ended = ended_;
  ended(moved);
}

Result<void> Relay::move(Course& course, int source_fd, int sink_fd) const {
  for (std::size_t filled_bytes = 0; !course.ended;) {
    if (course.held_bytes == 0) {
      if (filled_bytes >= options_.budget_bytes) return {};
      const auto filled = move_bytes(source_fd, course.pipe.write_end.get(), course.capacity_bytes);
      if (!filled) return would_block(filled.error()) ? Result<void>{} : filled.error();
      if (*filled == 0) {
        course.ended = true;
        return shut_down(sink_fd, Direction::write);
      }
      course.held_bytes = *filled;
      filled_bytes += *filled;
    }
    const auto passed = move_bytes(course.pipe.read_end.get(), sink_fd, course.held_bytes);
    if (!passed) return would_block(passed.error()) ? Result<void>{} : passed.error();
    course.held_bytes -= *passed;
    course.moved_bytes += *passed;
  }
  return {};
}

// A side is read while its pipe is empty, and written while the other's is not.
Result<void> Relay::update_interest() {
  const auto wants_more = [](const Course& one) { return !one.ended && one.held_bytes == 0; };
  const auto first =
      first_.want({.readable = wants_more(forward_), .writable = backward_.held_bytes > 0});
  if (!first) return first;
  return second_.want({.readable = wants_more(backward_), .writable = forward_.held_bytes > 0});
}

}  // namespace hpserver
