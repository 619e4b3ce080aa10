#include "hpserver/link/upstream_pool.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>

namespace hpserver {

class UpstreamLease::Connection final : public EventHandler, public TimerHandler {
 public:
  Connection(UpstreamPool& pool, Fd fd)
      : pool_(pool), fd_(std::move(fd)), watch_(pool.loop_, *this) {}

  // While idle, the pool handles the event; while leased, the holder does.
  void on_ready(Ready ready) override {
    if (!leased_) {
      // An upstream server says nothing unasked: it has closed, or sends garbage.
      pool_.on_idle_lost(*this);
    } else if (handler_ != nullptr) {
      handler_->on_ready(ready);
    }
  }

  void on_timer() override { pool_.on_idle_expired(*this); }

  UpstreamPool& pool_;
  const Fd fd_;
  Watch watch_;
  EventHandler* handler_ = nullptr;  // leased: the holder's
  bool leased_ = false;
  bool used_ = false;
};

int UpstreamLease::fd() const noexcept {
  return connection_->fd_.get();
}

bool UpstreamLease::reused() const noexcept {
  return connection_->used_;
}

Result<void> UpstreamLease::report_to(EventHandler& handler, Interest interest) {
  connection_->handler_ = &handler;
  return connection_->watch_.want(fd(), interest);
}

void UpstreamLease::give_back() {
  Connection& connection = *std::exchange(connection_, nullptr);
  connection.handler_ = nullptr;
  connection.used_ = true;
  connection.pool_.become_idle(connection);
}

void UpstreamLease::discard() {
  if (connection_ == nullptr) return;
  Connection& connection = *std::exchange(connection_, nullptr);
  UpstreamPool& pool = connection.pool_;
  pool.end(connection);
  pool.serve_later();
}

UpstreamPool::UpstreamPool(EventLoop& loop, const Address& address, UpstreamOptions options)
    : loop_(loop),
      address_(address),
      options_(options),
      owner_(::getpid()),
      token_(loop.attach(*this)),
      waiters_timer_([this] { on_waiters_due(); }) {
  assert(options_.max_connections > 0 && options_.initial_connections <= options_.max_connections);
  // If one can't be opened now, it is opened when needed.
  while (open_count() < options_.initial_connections && open_connection()) continue;
}

UpstreamPool::~UpstreamPool() {
  assert(statistics().leased_count == 0 && "a lease outlives its pool");
  if (is_forked_copy()) {
    for (const auto& connector : connecting_) connector->abandon();
    for (const auto& connection : connections_) connection->watch_.abandon();
  }
  loop_.detach(token_);
}

Result<UpstreamPool::Ticket> UpstreamPool::acquire(Acquired acquired) {
  if (is_forked_copy()) return Error{EPERM, "acquire"};
  if (waiters_.size() >= options_.max_waiters) {
    ++counters_.failed_count;
    return Error{EAGAIN, "acquire"};
  }
  const Deadline deadline = Clock::now() + options_.acquire_timeout;
  waiters_.push_back({next_ticket_, deadline, std::move(acquired)});
  if (waiters_.size() == 1) loop_.schedule(waiters_timer_, deadline);
  serve_later();
  return next_ticket_++;
}

void UpstreamPool::cancel(Ticket ticket) {
  const auto waiter = std::find_if(waiters_.begin(), waiters_.end(),
                                   [&](const Waiter& one) { return one.ticket == ticket; });
  if (waiter != waiters_.end()) waiters_.erase(waiter);
}

UpstreamStatistics UpstreamPool::statistics() const {
  UpstreamStatistics now = counters_;
  now.open_count = open_count();
  now.idle_count = idle_.size();
  now.leased_count = connections_.size() - idle_.size();
  now.waiting_count = waiters_.size();
  return now;
}

void UpstreamPool::on_ready(Ready) {
  lend_idle();
  open_for_waiters();
}

// A caller that waits again at once has its turn in the loop's next one.
void UpstreamPool::lend_idle() {
  for (std::size_t turns = waiters_.size(); turns > 0; --turns) {
    if (waiters_.empty() || idle_.empty()) return;
    Connection& connection = *idle_.back();
    idle_.pop_back();
    connection.unlink();
    connection.leased_ = true;
    if (connection.used_) ++counters_.reused_count;
    const Waiter waiter = take_first_waiter();
    waiter.acquired(UpstreamLease{connection});
  }
}

// Each waiting caller has one connection being opened.
void UpstreamPool::open_for_waiters() {
  for (std::size_t turns = waiters_.size(); turns > 0; --turns) {
    const bool full = open_count() >= options_.max_connections;
    if (full || connecting_.size() >= waiters_.size()) return;
    if (const auto opened = open_connection(); !opened) fail_first_waiter(opened.error());
  }
}

Result<void> UpstreamPool::open_connection() {
  ++counters_.started_count;
  auto connector = std::make_unique<Connector>(loop_);
  const auto started = connector->start(
      address_, options_.connect_timeout,
      [this, raw = connector.get()](Result<Fd> fd) { on_connected(raw, std::move(fd)); });
  if (started) connecting_.push_back(std::move(connector));
  return started;
}

void UpstreamPool::on_connected(const Connector* connector, Result<Fd> fd) {
  std::erase_if(connecting_, [&](const auto& one) { return one.get() == connector; });
  if (fd) {
    connections_.push_back(std::make_unique<Connection>(*this, std::move(*fd)));
    become_idle(*connections_.back());
  } else {
    if (!waiters_.empty()) fail_first_waiter(fd.error());
    serve_later();
  }
}

void UpstreamPool::become_idle(Connection& connection) {
  connection.leased_ = false;
  idle_.push_back(&connection);
  if (!connection.watch_.want(connection.fd_.get(), {.readable = true})) {
    on_idle_lost(connection);
    return;
  }
  loop_.schedule(connection, Clock::now() + options_.idle_timeout);
  serve_later();
}

void UpstreamPool::on_idle_lost(Connection& connection) {
  ++counters_.lost_count;
  std::erase(idle_, &connection);
  end(connection);
  serve_later();
}

void UpstreamPool::on_idle_expired(Connection& connection) {
  if (open_count() <= options_.initial_connections) return;
  ++counters_.expired_count;
  std::erase(idle_, &connection);
  end(connection);
}

void UpstreamPool::on_waiters_due() {
  const Deadline now = Clock::now();
  while (!waiters_.empty() && waiters_.front().deadline <= now) {
    fail_first_waiter({ETIMEDOUT, "acquire"});
  }
  if (!waiters_.empty()) loop_.schedule(waiters_timer_, waiters_.front().deadline);
}

void UpstreamPool::end(Connection& connection) {
  const auto owner = std::find_if(connections_.begin(), connections_.end(),
                                  [&](const auto& one) { return one.get() == &connection; });
  std::swap(*owner, connections_.back());
  connections_.pop_back();
}

void UpstreamPool::fail_first_waiter(Error error) {
  ++counters_.failed_count;
  const Waiter waiter = take_first_waiter();
  waiter.acquired(error);
}

UpstreamPool::Waiter UpstreamPool::take_first_waiter() {
  Waiter waiter = std::move(waiters_.front());
  waiters_.pop_front();
  return waiter;
}

void UpstreamPool::serve_later() {
  if (!waiters_.empty()) loop_.defer(token_);
}

bool UpstreamPool::is_forked_copy() const noexcept {
  return ::getpid() != owner_;
}

}  // namespace hpserver
