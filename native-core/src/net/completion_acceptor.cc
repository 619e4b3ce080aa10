#include "hpserver/net/completion_acceptor.h"

#include <cerrno>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/net/completion_transport.h"
#include "hpserver/net/listen.h"
#include "hpserver/net/socket.h"
#include "hpserver/os/fd_flags.h"

namespace hpserver {

namespace {

// Taken at most when closing: a flood must not hold up the drain.
constexpr int kMaxAtClose = 65'536;
// How long accepting pauses when descriptors or memory have run out.
constexpr std::chrono::milliseconds kBackOff{100};

}  // namespace

// The operation, which the kernel may still work on when its listener is gone.
class CompletionAcceptor::Accepting final : public CompletionHandler {
 public:
  Accepting(CompletionTransport& transport, Proactor& proactor, Fd listen_fd, SpareDescriptor spare,
            OnAccept on_accept)
      : transport_(transport),
        proactor_(proactor),
        listen_fd_(std::move(listen_fd)),
        spare_(std::move(spare)),
        on_accept_(std::move(on_accept)),
        back_off_timer_([this] { resume(); }) {
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
    } else if (!closed_ && completion.result != -ECANCELED) {
      fail({-completion.result, "accept"});
    }
    if (under_way_) return;
    if (abandoned_) {
      delete this;
    } else if (closed_) {
      listen_fd_.reset();
    } else if (!back_off_timer_.scheduled() && !start()) {
      back_off();
    }
  }

  void close(Listening after) {
    if (std::exchange(closed_, true)) return;
    back_off_timer_.unlink();
    take_backlog();
    if (under_way_) proactor_.port().cancel(listen_fd_.get());
    if (after == Listening::ends) {
      remove_socket_file(listen_fd_.get());
      // The descriptor stays until the kernel has let go of it, but nobody can connect any more.
      static_cast<void>(shut_down(listen_fd_.get(), Direction::both));
    }
    if (!under_way_) listen_fd_.reset();
  }

  // The accept ends, and begins again with what waits by then.
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
    spare_.shed_one(listen_fd_.get());
    back_off();
  }

  void back_off() { proactor_.schedule(back_off_timer_, proactor_.now() + kBackOff); }

  void resume() {
    spare_.refill();
    if (!closed_ && !under_way_ && !start()) back_off();
  }

  // What came before the end, by ordinary calls. Another process may have the socket too, and want
  // it as it was.
  void take_backlog() {
    const auto before = is_nonblocking(listen_fd_.get());
    static_cast<void>(set_nonblocking(listen_fd_.get(), true));
    accept_all();
    static_cast<void>(set_nonblocking(listen_fd_.get(), before && *before));
  }

  void accept_all() {
    for (int count = 0; count < kMaxAtClose; ++count) {
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
  SpareDescriptor spare_;
  OnAccept on_accept_;
  Timer back_off_timer_;
  bool under_way_ = false;
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
