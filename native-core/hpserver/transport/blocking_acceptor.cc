#include "hpserver/transport/blocking_acceptor.h"

#include <poll.h>
#include <sys/socket.h>

#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket_options.h"
#include "hpserver/transport/accept_relief.h"

namespace hpserver {

namespace {

bool has_backlog(int listen_fd) {
  pollfd watched{.fd = listen_fd, .events = POLLIN, .revents = 0};
  return ::poll(&watched, 1, 0) == 1;
}

}  // namespace

Result<std::unique_ptr<BlockingAcceptor>> BlockingAcceptor::create(BlockingLoop& loop, Fd listen_fd,
                                                                   OnAccept on_accept) {
  const auto blocking = set_nonblocking(listen_fd.get(), false);
  if (!blocking) return blocking.error();
  auto spare = SpareDescriptor::open();
  if (!spare) return spare.error();
  return std::unique_ptr<BlockingAcceptor>(
      new BlockingAcceptor(loop, std::move(listen_fd), std::move(*spare), std::move(on_accept)));
}

BlockingAcceptor::BlockingAcceptor(BlockingLoop& loop, Fd listen_fd, SpareDescriptor spare,
                                   OnAccept on_accept)
    : loop_(loop),
      listen_fd_(std::move(listen_fd)),
      spare_(std::move(spare)),
      on_accept_(std::move(on_accept)) {
  loop_.add(*this);
}

BlockingAcceptor::~BlockingAcceptor() {
  if (listen_fd_) loop_.remove(*this);
}

bool BlockingAcceptor::accept_within(std::chrono::milliseconds limit) {
  if (std::exchange(limit_, limit) != limit) {
    static_cast<void>(set_option(fd(), option::ReceiveTimeout{limit}));
  }
  spare_.refill();
  Fd accepted{::accept4(fd(), nullptr, nullptr, SOCK_CLOEXEC)};
  if (accepted) {
    trace(TraceStep::wait);  // accept4 waits too; traced before the next one leads
    trace(TraceStep::accept, accepted.get());
    accepted_ = std::move(accepted);
    return true;
  }
  const Error error = last_error("accept4");
  const AcceptOutcome outcome = accept_outcome(error);
  if (outcome == AcceptOutcome::exhausted || outcome == AcceptOutcome::fatal) {
    note_exhausted(loop_, error);
    spare_.shed_one(fd());
    rest_end_ = Clock::now() + kAcceptPause;
  }
  return false;
}

void BlockingAcceptor::hand_on() {
  if (accepted_) on_accept_(std::move(accepted_));
}

void BlockingAcceptor::close(Listening after) {
  if (!listen_fd_) return;
  hand_on();
  // Another executor that shares the socket may be faster: then this one sleeps for one slice.
  for (int count = 0; count < kMaxAcceptedAtClose && has_backlog(fd()); ++count) {
    if (!accept_within(BlockingLoop::kSlice)) break;
    hand_on();
  }
  loop_.remove(*this);
  if (after == Listening::ends) remove_socket_file(fd());
  listen_fd_.reset();
}

}  // namespace hpserver
