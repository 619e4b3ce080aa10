#include "hpserver/concurrency/loop.h"

#include <atomic>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/connection/memory_budget.h"
#include "hpserver/connection/metered_buffers.h"
#include "hpserver/event/foreign_call.h"
#include "hpserver/event/notices.h"
#include "hpserver/os/free_memory.h"
#include "hpserver/os/message_pipe.h"
#include "hpserver/os/pipe.h"

namespace hpserver {

namespace {

// How long to keep memory that a burst needed.
constexpr std::chrono::milliseconds kShrinkInterval{5'000};

// Two blocks of leftovers for every connection: more than that is an attack.
std::shared_ptr<BufferPool> pool_of(const ServerOptions& options, const Duties& duties) {
  if (options.shared_buffers != nullptr) return options.shared_buffers;
  PoolOptions pool = options.block_pool;
  if (pool.max_count == 0) pool.max_count = options.limits.max_connections * 2 + 64;
  // A crew's threads store and take blocks, too.
  if (!duties.all()) return std::make_shared<SharedBuffers>(pool);
  return std::make_shared<LoopBuffers>(pool);
}

std::shared_ptr<BufferPool> buffers_of(const ServerOptions& options, const Duties& duties,
                                       Meter* meter) {
  auto pool = pool_of(options, duties);
  if (meter == nullptr) return pool;
  return std::make_shared<MeteredBuffers>(std::move(pool), *meter);
}

}  // namespace

// The read end of a pipe of descriptor numbers. Four bytes are written whole or not at all, so many
// threads may send; but a pipe is a byte stream, so messages are framed and drained. Both ends stay
// open as long as someone may send, even after the loop has ended.
class Loop::Mailbox final : public EventHandler {
 public:
  Mailbox(EventLoop& loop, ConnectionSet& connections, Pipe pipe)
      : loop_(loop),
        connections_(connections),
        pipe_(std::move(pipe)),
        token_(loop.attach(*this)) {}

  ~Mailbox() override {
    close();
    close_left_over();
  }

  Result<void> watch() {
    return loop_.watch(pipe_.read_end.get(), token_, {.readable = true}, Trigger::level);
  }

  void on_ready(Ready) override { drain(); }

  // An empty pipe isn't an error; any other error could only be a bug.
  void drain() {
    static_cast<void>(reader_.drain(pipe_.read_end.get(),
                                    [this](int conn_fd) { connections_.adopt(Fd(conn_fd)); }));
  }

  // The loop's thread. From now on senders close their sockets; any that still arrive are closed at
  // the end.
  void close() {
    if (closed_.exchange(true)) return;
    loop_.unwatch(pipe_.read_end.get());
    loop_.detach(token_);
    close_left_over();
  }

  // Any thread.
  [[nodiscard]] bool is_closed() const noexcept { return closed_; }

  void send(Fd conn_fd) {
    if (is_closed()) return;
    trace(TraceStep::hand_over, conn_fd.get());
    if (write_message(pipe_.write_end.get(), conn_fd.get())) {
      static_cast<void>(conn_fd.release());  // now owned by the loop
    } else {
      loop_.notices().note(Notices::Kind::refused,
                           {"a connection was refused: its worker has no room for more"});
    }
  }

 private:
  void close_left_over() {
    static_cast<void>(
        reader_.drain(pipe_.read_end.get(), [](int conn_fd) { Fd{conn_fd}.reset(); }));
  }

  EventLoop& loop_;
  ConnectionSet& connections_;
  Pipe pipe_;
  Token token_;
  std::atomic<bool> closed_{false};
  MessageReader<int> reader_;
};

Result<std::unique_ptr<Loop>> Loop::create(const ServerParts& parts, const ServerOptions& options,
                                           ConnectionBudget& budget, Duties duties,
                                           std::size_t executor) {
  if (options.limits.peer_limit != nullptr) {
    const auto prepared = options.limits.peer_limit->prepare(1, options.limits.max_connections);
    if (!prepared) return prepared.error();
  }
  auto io = parts.make_io();
  if (!io) return io.error();
  io->loop->count_with(options.meter_of(executor));
  return std::unique_ptr<Loop>(
      new Loop(std::move(*io), parts.make_service(), options, budget, duties));
}

Loop::Loop(IoUnit io, std::unique_ptr<Service> service, const ServerOptions& options,
           ConnectionBudget& budget, Duties duties)
    : buffers_(buffers_of(options, duties, io.loop->meter())),
      memory_budget_(options.limits.memory_budget),
      io_(std::move(io)),
      service_(std::move(service)),
      connections_(*io_.loop, *io_.transport, *service_, *buffers_, budget, options.limits, duties),
      mark_(connections_.call_mark(), options.call_watch, options.on_notice),
      drain_timeout_(options.drain_timeout),
      drain_timer_([this] { check_drained(); }),
      shrink_timer_([this] { shrink(); }) {
  io_.loop->notices().tell_to(options.on_notice);
  const auto look_later = [this] {
    // If there is no memory for the task, the next growth tries again.
    return call_foreign([this] { io_.loop->post([this] { shrink_later(); }); }, [](const char*) {});
  };
  buffers_->on_growth(look_later);
  if (memory_budget_ != nullptr) memory_budget_->watch(this, look_later);
}

// Other loops may share the buffers, and keep using them.
Loop::~Loop() {
  buffers_->on_growth({});
  if (memory_budget_ != nullptr) memory_budget_->unwatch(this);
}

void Loop::shrink_later() {
  if (!shrink_timer_.scheduled()) {
    io_.loop->schedule(shrink_timer_, io_.loop->now() + kShrinkInterval);
  }
}

// An idle loop that has returned its memory needs no timer for it.
void Loop::shrink() {
  const bool fell = memory_budget_ != nullptr && memory_budget_->fall();
  if (buffers_->shrink() > 0 || fell) return_free_memory();
  const bool holds_more = memory_budget_ != nullptr && memory_budget_->has_risen();
  if (buffers_->has_grown() || holds_more) shrink_later();
}

Result<void> Loop::listen(Fd listen_fd) {
  auto listener = io_.transport->listen(
      std::move(listen_fd), [this](Fd conn_fd) { connections_.adopt(std::move(conn_fd)); });
  if (!listener) return listener.error();
  listeners_.push_back(std::move(*listener));
  return {};
}

void Loop::look_again() {
  for (const auto& listener : listeners_) listener->look_again();
}

Result<void> Loop::open_mailbox() {
  auto pipe = create_pipe();
  if (!pipe) return pipe.error();
  mailbox_ = std::make_unique<Mailbox>(*io_.loop, connections_, std::move(*pipe));
  return mailbox_->watch();
}

bool Loop::takes_more() const noexcept {
  return !mailbox_->is_closed();
}

void Loop::send(Fd conn_fd) {
  mailbox_->send(std::move(conn_fd));
}

Result<void> Loop::run() {
  const auto ran = io_.loop->run();
  if (mailbox_ != nullptr) mailbox_->close();
  listeners_.clear();
  connections_.close_all();
  // Connections that a crew is working on come back as posted tasks, and are then closed.
  while (ran && connections_.size() > 0 && io_.loop->turn(EventLoop::kForever)) {
  }
  io_.transport->finish();
  return ran;
}

void Loop::drain(std::function<void()> on_drained, Listening after) {
  if (drain_deadline_ != Deadline{}) return;
  on_drained_ = std::move(on_drained);
  drain_deadline_ = io_.loop->now() + drain_timeout_;
  for (const auto& listener : listeners_) listener->close(after);
  if (mailbox_ != nullptr) mailbox_->drain();
  connections_.drain();
  check_drained();
}

void Loop::check_drained() {
  if (io_.loop->now() >= drain_deadline_) connections_.close_all();
  if (connections_.size() > 0) {
    io_.loop->schedule(drain_timer_, io_.loop->now() + kDrainCheck);
  } else if (on_drained_) {
    // The callback may destroy this loop.
    std::exchange(on_drained_, nullptr)();
  }
}

void Loop::close_all() {
  drain_deadline_ = io_.loop->now();
  if (on_drained_) {
    check_drained();
  } else {
    connections_.close_all();
  }
}

}  // namespace hpserver
