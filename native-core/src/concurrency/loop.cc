#include "hpserver/concurrency/loop.h"

#include <utility>

#include "hpserver/os/message_pipe.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

namespace {

// How often a drain looks whether it is over; it has no reader to disturb.
constexpr std::chrono::milliseconds kDrainCheck{50};

}  // namespace

// The reading end of a pipe of descriptor numbers. Four bytes are written whole or not at all, so
// many threads may send; a pipe is a byte stream all the same, so messages are framed and drained.
class Loop::Mailbox final : public EventHandler {
 public:
  Mailbox(Reactor& reactor, ConnectionSet& connections, Pipe pipe)
      : reactor_(reactor),
        connections_(connections),
        pipe_(std::move(pipe)),
        token_(reactor.attach(*this)) {}

  ~Mailbox() override {
    drain();
    reactor_.unwatch(pipe_.read_end.get());
    reactor_.detach(token_);
  }

  Result<void> watch() {
    return reactor_.watch(pipe_.read_end.get(), token_, {.readable = true}, Trigger::level);
  }

  void on_ready(Ready) override { drain(); }

  // An error of the pipe could only be a bug; an empty one is no error.
  void drain() {
    static_cast<void>(reader_.drain(pipe_.read_end.get(),
                                    [this](int conn_fd) { connections_.adopt(Fd(conn_fd)); }));
  }

  void send(Fd conn_fd) {
    if (write_message(pipe_.write_end.get(), conn_fd.get())) {
      static_cast<void>(conn_fd.release());  // the loop's from here on
    }
  }

 private:
  Reactor& reactor_;
  ConnectionSet& connections_;
  Pipe pipe_;
  Token token_;
  MessageReader<int> reader_;
};

Result<std::unique_ptr<Loop>> Loop::create(const ServerParts& parts, const ServerOptions& options,
                                           ConnectionBudget& budget) {
  auto poller = parts.make_poller();
  if (!poller) return poller.error();
  auto reactor = Reactor::create(std::move(*poller));
  if (!reactor) return reactor.error();
  return std::unique_ptr<Loop>(
      new Loop(std::move(*reactor), parts.make_service(), options, budget));
}

Loop::Loop(std::unique_ptr<Reactor> reactor, std::unique_ptr<Service> service,
           const ServerOptions& options, ConnectionBudget& budget)
    : reactor_(std::move(reactor)),
      service_(std::move(service)),
      connections_(*reactor_, *service_, budget, options.limits, options.trigger),
      trigger_(options.trigger),
      drain_timeout_(options.drain_timeout),
      drain_timer_([this] { check_drained(); }) {}

Loop::~Loop() = default;

Result<void> Loop::listen(Fd listen_fd) {
  auto acceptor = Acceptor::create(*reactor_, std::move(listen_fd), trigger_,
                                   [this](Fd conn_fd) { connections_.adopt(std::move(conn_fd)); });
  if (!acceptor) return acceptor.error();
  acceptors_.push_back(std::move(*acceptor));
  return {};
}

Result<void> Loop::open_mailbox() {
  auto pipe = create_pipe();
  if (!pipe) return pipe.error();
  mailbox_ = std::make_unique<Mailbox>(*reactor_, connections_, std::move(*pipe));
  return mailbox_->watch();
}

void Loop::send(Fd conn_fd) {
  mailbox_->send(std::move(conn_fd));
}

void Loop::drain(std::function<void()> on_drained) {
  on_drained_ = std::move(on_drained);
  drain_deadline_ = reactor_->now() + drain_timeout_;
  for (const auto& acceptor : acceptors_) acceptor->close();
  if (mailbox_ != nullptr) mailbox_->drain();
  connections_.drain();
  check_drained();
}

void Loop::check_drained() {
  if (reactor_->now() >= drain_deadline_) connections_.close_all();
  if (connections_.size() > 0) {
    reactor_->schedule(drain_timer_, reactor_->now() + kDrainCheck);
  } else if (on_drained_) {
    // The callback may end this loop.
    std::exchange(on_drained_, nullptr)();
  }
}

void Loop::close_all() {
  drain_deadline_ = reactor_->now();
  if (on_drained_) {
    check_drained();
  } else {
    connections_.close_all();
  }
}

}  // namespace hpserver
