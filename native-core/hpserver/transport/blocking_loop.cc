#include "hpserver/transport/blocking_loop.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <span>

#include "hpserver/base/trace.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/os/shortage.h"
#include "hpserver/poller/poll_bits.h"
#include "hpserver/poller/time_left.h"
#include "hpserver/socket/socket_options.h"
#include "hpserver/transport/blocking_acceptor.h"

namespace hpserver {

namespace {

using std::chrono::milliseconds;

// The longest wait while an acceptor pauses, since nothing else would end it.
constexpr milliseconds kRestLook{100};

milliseconds at_most(milliseconds timeout, milliseconds limit) {
  return timeout.count() < 0 ? limit : std::min(timeout, limit);
}

// On a socket, a timeout of zero means no timeout.
milliseconds at_least_one(milliseconds limit) {
  return std::max(limit, milliseconds{1});
}

}  // namespace

Result<std::unique_ptr<BlockingLoop>> BlockingLoop::create(const Options& options) {
  auto waker = Waker::create();
  if (!waker) return waker.error();
  std::unique_ptr<BlockingLoop> loop(new BlockingLoop(std::move(*waker), options));
  const auto watched = loop->watch_waker();
  if (!watched) return watched.error();
  return loop;
}

BlockingLoop::~BlockingLoop() {
  follow();
}

// ---- What is watched: always level-triggered

Result<void> BlockingLoop::watch(int fd, Token token, Interest interest, Trigger) {
  watched_.push_back({fd, token, interest});
  return {};
}

Result<void> BlockingLoop::modify(int fd, Token token, Interest interest, Trigger) {
  const auto it = std::ranges::find(watched_, fd, &Watched::fd);
  if (it == watched_.end()) return Error{ENOENT, "poll"};
  *it = {fd, token, interest};
  return {};
}

void BlockingLoop::unwatch(int fd) {
  std::erase_if(watched_, [fd](const Watched& watched) { return watched.fd == fd; });
}

// ---- What is slept for

void BlockingLoop::remove(BlockingAcceptor& acceptor) {
  std::erase(acceptors_, &acceptor);
  if (acceptors_.empty()) follow();
}

void BlockingLoop::open(int fd, Token token, milliseconds slice) {
  const bool blocking = options_.one_at_a_time && open_.empty();
  if (!blocking) {
    static_cast<void>(set_nonblocking(fd, true));
    for (Open& other : open_) {
      if (std::exchange(other.blocking, false)) static_cast<void>(set_nonblocking(other.fd, true));
    }
  }
  open_.push_back({.fd = fd,
                   .token = token,
                   .wanted = {},
                   .blocking = blocking,
                   .slice = slice,
                   .receive_limit = {},
                   .send_limit = {}});
}

void BlockingLoop::close(int fd) {
  std::erase_if(open_, [fd](const Open& open) { return open.fd == fd; });
}

void BlockingLoop::await(int fd, Interest wanted) {
  find_open(fd).wanted = wanted;
}

void BlockingLoop::limit_receive(int fd) {
  Open& open = find_open(fd);
  const milliseconds limit = limit_of(open);
  if (!open.blocking || std::exchange(open.receive_limit, limit) == limit) return;
  static_cast<void>(set_option(fd, option::ReceiveTimeout{limit}));
}

void BlockingLoop::limit_send(int fd) {
  Open& open = find_open(fd);
  const milliseconds limit = limit_of(open);
  if (!open.blocking || std::exchange(open.send_limit, limit) == limit) return;
  static_cast<void>(set_option(fd, option::SendTimeout{limit}));
}

BlockingLoop::Open& BlockingLoop::find_open(int fd) {
  const auto it = std::ranges::find(open_, fd, &Open::fd);
  assert(it != open_.end());
  return *it;
}

milliseconds BlockingLoop::limit_of(const Open& open) {
  return at_least_one(at_most(sleep_time(), open.slice));
}

// ---- Waiting

// Counts what poll has reported. A connection that may sleep in its own call is not an event, and
// an accepted connection has been traced already.
Result<std::size_t> BlockingLoop::demultiplex(milliseconds timeout) {
  events_.clear();
  const Open* const asleep = sleeper();
  const bool accepting = accepts();
  // Sleeps in accept itself if there is nothing else to wait for.
  const bool only_accept = accepting && acceptors_.size() == 1 && open_.empty();
  const bool may_follow = accepting && options_.turns != nullptr && !leading_;
  if (asleep != nullptr || only_accept || may_follow) {
    const auto seen = look({}, false);
    if (!seen || *seen > 0) return seen;
  }
  if (asleep != nullptr) {
    events_.push_back({asleep->token,
                       {.readable = asleep->wanted.readable, .writable = asleep->wanted.writable}});
    return std::size_t{0};
  }
  if (accepting && !lead(timeout)) return std::size_t{0};
  if (!only_accept) return look(timeout, accepting);
  if (acceptors_.front()->rests()) return look(at_most(timeout, kRestLook), false);
  static_cast<void>(accept_from(*acceptors_.front(), timeout));
  return std::size_t{0};
}

bool BlockingLoop::accepts() const {
  return !acceptors_.empty() && (open_.empty() || !options_.one_at_a_time);
}

// The connection to sleep for; null if there is none, or several.
const BlockingLoop::Open* BlockingLoop::sleeper() const {
  if (open_.size() != 1 || !open_.front().blocking) return nullptr;
  return open_.front().wanted == Interest{} ? nullptr : &open_.front();
}

bool BlockingLoop::lead(milliseconds timeout) {
  if (options_.turns == nullptr || leading_) return true;
  leading_ = options_.turns->take(at_most(timeout, kSlice));
  return leading_;
}

void BlockingLoop::follow() {
  if (!std::exchange(leading_, false)) return;
  trace(TraceStep::promote);
  options_.turns->pass_on();
}

// Checks everything that can be polled, and accepts from ready listeners.
Result<std::size_t> BlockingLoop::look(milliseconds timeout, bool at_listeners) {
  polled_.clear();
  const auto add = [this](int fd, Interest interest) {
    polled_.push_back({.fd = fd, .events = to_poll_bits(interest), .revents = 0});
  };
  for (const Watched& watched : watched_) add(watched.fd, watched.interest);
  for (const Open& open : open_) add(open.fd, open.wanted);
  bool rests = false;
  for (const BlockingAcceptor* const acceptor : acceptors_) {
    rests = rests || acceptor->rests();
    if (at_listeners) add(acceptor->rests() ? -1 : acceptor->fd(), {.readable = true});
  }
  if (rests) timeout = at_most(timeout, kRestLook);
  const TimeLeft left(timeout);
  const int count = ::poll(polled_.data(), polled_.size(), left.in_milliseconds());
  if (count == -1 && errno != EINTR) {
    if (!is_shortage(errno)) return last_error("poll");
    sit_out_shortage(timeout);
  }
  if (count <= 0) return std::size_t{0};

  std::size_t index = 0;
  const auto report_if_ready = [&](Token token) {
    const short bits = polled_[index++].revents;
    if (bits != 0) events_.push_back({token, from_poll_bits(bits)});
  };
  for (const Watched& watched : watched_) report_if_ready(watched.token);
  for (const Open& open : open_) report_if_ready(open.token);
  bool accepted = false;
  if (at_listeners) {
    for (BlockingAcceptor* const acceptor : acceptors_) {
      const bool ready = polled_[index++].revents != 0;
      if (ready && !(options_.one_at_a_time && accepted)) {
        accepted = accept_from(*acceptor, kSlice) || accepted;
      }
    }
  }
  return events_.size();
}

bool BlockingLoop::accept_from(BlockingAcceptor& acceptor, milliseconds timeout) {
  if (!acceptor.accept_within(at_least_one(at_most(timeout, kSlice)))) return false;
  follow();
  return true;
}

void BlockingLoop::dispatch_batch() {
  for (std::size_t index = 0; index < acceptors_.size(); ++index) acceptors_[index]->hand_on();
  for (const Event& event : events_) report(event);
  events_.clear();
}

}  // namespace hpserver
