#include "hpserver/transport/completion_acceptor.h"

#include <cerrno>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/os/fd_flags.h"
#include "hpserver/socket/listen.h"
#include "hpserver/socket/socket.h"
#include "hpserver/transport/completion_transport.h"

namespace hpserver {

// The operation, which the kernel may still run after its listener is closed.
class CompletionAcceptor::Accepting final : public CompletionHandler {
 public:
  Accepting(CompletionTransport& transport, Proactor& proactor, Fd listen_fd, SpareDescriptor spare,
            OnAccept on_accept)
      : transport_(transport),
        proactor_(proactor),
        listen_fd_(std::move(listen_fd)),
        relief_(proactor, std::move(spare), [this] { start_or_pause(); }),
        on_accept_(std::move(on_accept)) {
    transport_.expect_completion();
  }

  ~Accepting() override { transport_.completed(); }

  Result<void> start() {
    const auto started = proactor_.port().accept(listen_fd_.get(), *this);
    under_way_ = started.ok();
    return started;
  }

  void on_completion(const Completion& completion) override {
    under_way_ = !completion.last;
    if (completion.result >= 0) {
      take(Fd(completion.result));
    } else if (!closing_ && completion.result != -ECANCELED) {
      fail({-completion.result, "accept"});
    }
    if (under_way_) return;
    if (abandoned_) {
      delete this;
    } else if (closed_) {
      listen_fd_.reset();
    } else if (!relief_.pauses()) {
      start_or_pause();
    }
  }

  // No connection comes after this call: it takes what the kernel has accepted, including events of
  // the current turn, and then what is still in the backlog.
  void close(Listening after) {
    if (std::exchange(closing_, true)) return;
    relief_.stop();
    if (under_way_) {
      proactor_.port().cancel(listen_fd_.get());
      static_cast<void>(proactor_.hear_out(*this, [this] { return !under_way_; }));
    }
    take_backlog();
    closed_ = true;
    if (after == Listening::ends) {
      remove_socket_file(listen_fd_.get());
      // If the kernel still holds the descriptor, at least no client can connect any more.
      if (under_way_) static_cast<void>(shut_down(listen_fd_.get(), Direction::both));
    }
    if (!under_way_) listen_fd_.reset();
  }

  // Ends the accept, and starts another for what is waiting by then.
  void look_again() {
    if (under_way_) {
      static_cast<void>(proactor_.port().pause(listen_fd_.get(), Operation::accept));
    }
  }

  void abandon() {
    abandoned_ = true;
    on_accept_ = nullptr;
    if (under_way_) {
      proactor_.port().cancel(listen_fd_.get());
    } else {
      delete this;
    }
  }

 private:
  void take(Fd conn_fd) {
    trace(TraceStep::accept, conn_fd.get(), TraceBy::kernel);
    if (on_accept_) on_accept_(std::move(conn_fd));
  }

  void fail(const Error& error) {
    const AcceptOutcome outcome = accept_outcome(error);
    if (outcome != AcceptOutcome::exhausted && outcome != AcceptOutcome::fatal) return;
    note_exhausted(proactor_, error);
    relief_.shed_one(listen_fd_.get());
  }

  void start_or_pause() {
    if (!closing_ && !under_way_ && !start()) relief_.pause();
  }

  // Accepts the connections still in the backlog, by ordinary calls.
  void take_backlog() {
    for (int count = 0; count < kMaxAcceptedAtClose; ++count) {
      auto accepted = accept_one(listen_fd_.get());
      if (!accepted) {
        if (accept_outcome(accepted.error()) != AcceptOutcome::retry) return;
        continue;
      }
      static_cast<void>(set_nonblocking(accepted->fd.get(), false));
      take(std::move(accepted->fd));
    }
  }

  CompletionTransport& transport_;
  Proactor& proactor_;
  Fd listen_fd_;
  AcceptRelief relief_;
  OnAccept on_accept_;
  bool under_way_ = false;
  bool closing_ = false;
  bool closed_ = false;
  bool abandoned_ = false;
};

Result<std::unique_ptr<CompletionAcceptor>> CompletionAcceptor::create(
    CompletionTransport& transport, Proactor& proactor, Fd listen_fd, OnAccept on_accept) {
  auto spare = SpareDescriptor::open();
  if (!spare) return spare.error();
  auto accepting = std::make_unique<Accepting>(transport, proactor, std::move(listen_fd),
                                               std::move(*spare), std::move(on_accept));
  const auto started = accepting->start();
  if (!started) return started.error();
  return std::unique_ptr<CompletionAcceptor>(new CompletionAcceptor(*accepting.release()));
}

CompletionAcceptor::~CompletionAcceptor() {
  accepting_->abandon();
}

void CompletionAcceptor::close(Listening after) {
  accepting_->close(after);
}

void CompletionAcceptor::look_again() {
  accepting_->look_again();
}

}  // namespace hpserver
