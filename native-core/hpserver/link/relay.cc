#include "hpserver/link/relay.h"

#include <algorithm>

#include "hpserver/socket/socket_options.h"

namespace hpserver {

Result<std::unique_ptr<Relay>> Relay::create(EventLoop& loop, TransitBuffers& buffers, Fd first,
                                             Fd second, Ended ended, const RelayOptions& options,
                                             std::string preface) {
  std::unique_ptr<Relay> relay(new Relay(loop, buffers, std::move(first), std::move(second),
                                         std::move(ended), options, std::move(preface)));
  if (const auto watched = relay->update_interest(); !watched) return watched.error();
  return relay;
}

Relay::Relay(EventLoop& loop, TransitBuffers& buffers, Fd first, Fd second, Ended ended,
             const RelayOptions& options, std::string preface)
    : loop_(loop),
      options_(options),
      buffers_(buffers),
      ended_(std::move(ended)),
      forward_(options.splice, std::move(preface)),
      backward_(options.splice),
      first_(*this, loop, std::move(first)),
      second_(*this, loop, std::move(second)),
      began_(Clock::now()),
      moved_(began_),
      timer_([this] { on_due(); }) {
  loop_.schedule(timer_, due());
}

void Relay::on_ready(const Side& side, Ready ready) {
  const bool failed = ready.error || ready.hang_up;
  const bool gives = ready.readable || ready.read_closed || failed;
  const bool takes = ready.writable || failed;
  const bool is_first = &side == &first_;
  run({.forward = is_first ? gives : takes, .backward = is_first ? takes : gives});
}

// If one direction fails, the other still gets its chance: a server may have refused an upload with
// an answer, and then have closed.
void Relay::run(Concerned concerned) {
  const std::uint64_t before = forward_.moved_bytes() + backward_.moved_bytes();
  Result<void> moved;
  if (concerned.forward) {
    moved = forward_.move(buffers_, first_.fd(), second_.fd(), options_.budget_bytes);
  }
  if (concerned.backward || !moved) {
    const auto back = backward_.move(buffers_, second_.fd(), first_.fd(), options_.budget_bytes);
    if (moved) moved = back;
  }
  if (forward_.moved_bytes() + backward_.moved_bytes() != before) moved_ = loop_.now();
  const bool is_over = forward_.has_ended() && backward_.has_ended();
  if (moved && !is_over) moved = update_interest();
  if (!moved || is_over) end(moved);
}

Deadline Relay::due() const noexcept {
  const Deadline silent = moved_ + options_.idle_timeout;
  if (options_.total_timeout.count() == 0) return silent;
  return std::min(silent, began_ + options_.total_timeout);
}

// The timer is moved once per idle timeout, not with every byte.
void Relay::on_due() {
  if (due() > loop_.now()) {
    loop_.schedule(timer_, due());
  } else {
    end(Error{ETIMEDOUT, "relay"});
  }
}

void Relay::end(const Result<void>& result) {
  timer_.unlink();
  static_cast<void>(first_.want({}));
  static_cast<void>(second_.want({}));
  if (!result) {
    for (const Side* const side : {&first_, &second_}) {
      static_cast<void>(set_option(side->fd(), option::Linger::abort()));
    }
  }
  // Copied first: the callback may destroy the relay.
  const Ended ended = ended_;
  ended(result);
}

// A side is read while its own direction holds nothing, and written while the other one holds
// something.
Result<void> Relay::update_interest() {
  const auto first =
      first_.want({.readable = forward_.awaits_source(), .writable = backward_.awaits_sink()});
  if (!first) return first;
  return second_.want({.readable = backward_.awaits_source(), .writable = forward_.awaits_sink()});
}

}  // namespace hpserver
