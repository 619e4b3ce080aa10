#include "hpserver/net/acceptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "hpserver/net/address.h"
#include "hpserver/net/listen.h"

namespace hpserver {

namespace {

// Connections taken per turn; more would let a connection flood starve the connected.
constexpr int kMaxPerTurn = 128;
// Taken at most when closing: a flood must not hold up the drain.
constexpr int kMaxAtClose = 65'536;
// How long accepting pauses when descriptors or memory have run out.
constexpr std::chrono::milliseconds kBackOff{100};

Fd open_spare() {
  return Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace

Result<std::unique_ptr<Acceptor>> Acceptor::create(Reactor& reactor, Fd listen_fd, Trigger trigger,
                                                   OnAccept on_accept) {
  Fd spare_fd = open_spare();
  if (!spare_fd) return last_error("open");
  std::unique_ptr<Acceptor> acceptor(new Acceptor(
      reactor, std::move(listen_fd), std::move(spare_fd), trigger, std::move(on_accept)));
  const auto watched =
      reactor.watch(acceptor->listen_fd_.get(), acceptor->token_, {.readable = true}, trigger);
  if (!watched) return watched.error();
  return acceptor;
}

Acceptor::Acceptor(Reactor& reactor, Fd listen_fd, Fd spare_fd, Trigger trigger, OnAccept on_accept)
    : reactor_(reactor),
      listen_fd_(std::move(listen_fd)),
      spare_fd_(std::move(spare_fd)),
      trigger_(trigger),
      on_accept_(std::move(on_accept)),
      token_(reactor.attach(*this)),
      back_off_timer_([this] { resume(); }) {}

Acceptor::~Acceptor() {
  if (!listen_fd_) return;
  reactor_.unwatch(listen_fd_.get());
  reactor_.detach(token_);
}

void Acceptor::on_ready(Ready) {
  switch (accept_some(kMaxPerTurn)) {
    case Turn::drained:
      break;
    case Turn::budget_spent:
      // An edge is reported once: what is left in the backlog must be asked for.
      if (trigger_ == Trigger::edge) reactor_.defer(token_);
      break;
    case Turn::exhausted:
      shed_one();
      back_off();
      break;
  }
}

Acceptor::Turn Acceptor::accept_some(int max_count) {
  for (int count = 0; count < max_count; ++count) {
    auto accepted = accept_one(listen_fd_.get());
    if (accepted) {
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
        return Turn::exhausted;
    }
  }
  return Turn::budget_spent;
}

// Without a descriptor a connection can be neither served nor refused, and a level-triggered
// listener would be reported for ever. The spare one buys a clean close for one client.
void Acceptor::shed_one() {
  spare_fd_.reset();
  static_cast<void>(accept_one(listen_fd_.get()));
  spare_fd_ = open_spare();
}

void Acceptor::back_off() {
  static_cast<void>(reactor_.modify(listen_fd_.get(), token_, {}, trigger_));
  reactor_.schedule(back_off_timer_, reactor_.now() + kBackOff);
}

void Acceptor::resume() {
  if (!listen_fd_) return;
  if (!spare_fd_) spare_fd_ = open_spare();
  // Modifying an edge-triggered registration reports a backlog that is there already.
  static_cast<void>(reactor_.modify(listen_fd_.get(), token_, {.readable = true}, trigger_));
}

void Acceptor::close() {
  if (!listen_fd_) return;
  static_cast<void>(accept_some(kMaxAtClose));
  back_off_timer_.unlink();
  reactor_.unwatch(listen_fd_.get());
  reactor_.detach(token_);
  remove_unix_path();
  listen_fd_.reset();
}

// A UNIX socket's file outlives its socket; left behind, it would look like a dead server's.
void Acceptor::remove_unix_path() const {
  const auto local = Address::local_of(listen_fd_.get());
  if (!local || !local->is_unix() || local->is_abstract()) return;
  const std::string path(local->unix_name());
  static_cast<void>(::unlink(path.c_str()));
}

}  // namespace hpserver
