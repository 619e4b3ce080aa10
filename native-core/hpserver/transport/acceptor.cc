#include "hpserver/transport/acceptor.h"

#include <algorithm>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/socket/listen.h"

namespace hpserver {

namespace {

// Connections accepted per turn; more would let a flood of connections starve the open ones.
constexpr int kAcceptsPerTurn = 128;
// After this many turns in a row that find more than expected, the expectation grows.
constexpr int kTurnsUntilMore = 8;

}  // namespace

Result<std::unique_ptr<Acceptor>> Acceptor::create(EventLoop& loop, Fd listen_fd, Trigger trigger,
                                                   OnAccept on_accept) {
  auto spare = SpareDescriptor::open();
  if (!spare) return spare.error();
  std::unique_ptr<Acceptor> acceptor(
      new Acceptor(loop, std::move(listen_fd), std::move(*spare), trigger, std::move(on_accept)));
  const auto watched =
      loop.watch(acceptor->listen_fd_.get(), acceptor->token_, {.readable = true}, trigger);
  if (!watched) return watched.error();
  return acceptor;
}

Acceptor::Acceptor(EventLoop& loop, Fd listen_fd, SpareDescriptor spare, Trigger trigger,
                   OnAccept on_accept)
    : loop_(loop),
      listen_fd_(std::move(listen_fd)),
      // Modifying an edge-triggered registration reports a backlog that is already there.
      relief_(loop, std::move(spare), [this] { want({.readable = true}); }),
      trigger_(trigger),
      on_accept_(std::move(on_accept)),
      token_(loop.attach(*this)) {}

Acceptor::~Acceptor() {
  if (!listen_fd_) return;
  loop_.unwatch(listen_fd_.get());
  loop_.detach(token_);
}

// A failed accept costs as much as a whole turn: the kernel creates the socket before it checks the
// backlog. With `level`, the remaining backlog is reported again, so only as many connections are
// accepted as recent turns have found.
int Acceptor::wanted_count() const noexcept {
  return trigger_ == Trigger::level ? expected_count_ : kAcceptsPerTurn;
}

void Acceptor::expect_after(Turn turn) {
  if (turn == Turn::drained) {
    expected_count_ = std::max(accepted_count_, 1);
    spent_turns_ = 0;
  } else if (turn == Turn::budget_spent && ++spent_turns_ == kTurnsUntilMore) {
    expected_count_ = std::min(2 * expected_count_, kAcceptsPerTurn);
    spent_turns_ = 0;
  }
}

void Acceptor::on_ready(Ready) {
  accepted_count_ = 0;
  const Turn turn = accept_some(wanted_count());
  expect_after(turn);
  switch (turn) {
    case Turn::drained:
      break;
    case Turn::budget_spent:
      // An edge is reported only once, so the rest of the backlog must be requested.
      if (trigger_ == Trigger::edge) loop_.defer(token_);
      break;
    case Turn::exhausted:
      relief_.shed_one(listen_fd_.get());
      want({});
      break;
  }
}

Acceptor::Turn Acceptor::accept_some(int max_count) {
  for (int count = 0; count < max_count; ++count) {
    auto accepted = accept_one(listen_fd_.get());
    if (accepted) {
      ++accepted_count_;
      trace(TraceStep::accept, accepted->fd.get());
      on_accept_(std::move(accepted->fd));
      continue;
    }
    switch (accept_outcome(accepted.error())) {
      case AcceptOutcome::would_block:
        return Turn::drained;
      case AcceptOutcome::retry:
        break;
      case AcceptOutcome::exhausted:
      case AcceptOutcome::fatal:
        note_exhausted(loop_, accepted.error());
        return Turn::exhausted;
    }
  }
  return Turn::budget_spent;
}

// The socket is watched already, so this can't fail.
void Acceptor::want(Interest interest) {
  static_cast<void>(loop_.modify(listen_fd_.get(), token_, interest, trigger_));
}

void Acceptor::close(Listening after) {
  if (!listen_fd_) return;
  static_cast<void>(accept_some(kMaxAcceptedAtClose));
  relief_.stop();
  loop_.unwatch(listen_fd_.get());
  loop_.detach(token_);
  if (after == Listening::ends) remove_socket_file(listen_fd_.get());
  listen_fd_.reset();
}

}  // namespace hpserver
