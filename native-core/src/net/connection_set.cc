#include "hpserver/net/connection_set.h"

#include <algorithm>
#include <utility>

namespace hpserver {

namespace {

// Refused clients that are being told so; further ones are closed without a word.
constexpr std::size_t kMaxRefused = 64;
// A drained connection that stays silent for so long is closed.
constexpr std::chrono::milliseconds kIdleGrace{500};

// Left-overs of two small blocks for every connection: more than that is an attack.
std::size_t max_blocks(const ConnectionLimits& limits) {
  return limits.max_connections * 2 + 64;
}

}  // namespace

ConnectionSet::ConnectionSet(Reactor& reactor, Service& service, ConnectionBudget& budget,
                             const ConnectionLimits& limits, Trigger trigger)
    : reactor_(reactor),
      service_(service),
      budget_(budget),
      limits_(limits),
      trigger_(trigger),
      workspace_(max_blocks(limits)),
      pool_({.max_count = limits.max_connections + kMaxRefused}) {}

ConnectionSet::~ConnectionSet() {
  close_all();
}

void ConnectionSet::adopt(Fd conn_fd) {
  if (budget_.open_count.fetch_add(1, std::memory_order_relaxed) >= budget_.max_count) {
    budget_.open_count.fetch_sub(1, std::memory_order_relaxed);
    refuse(std::move(conn_fd));
    return;
  }
  Connection* const connection = insert(std::move(conn_fd));
  if (connection == nullptr) {
    budget_.open_count.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  counters_.accepted.fetch_add(1, std::memory_order_relaxed);
  counters_.open.fetch_add(1, std::memory_order_relaxed);
  connection->run(workspace_);
}

void ConnectionSet::refuse(Fd conn_fd) {
  counters_.refused.fetch_add(1, std::memory_order_relaxed);
  if (refused_count_ == kMaxRefused) return;
  Connection* const connection = insert(std::move(conn_fd));
  if (connection == nullptr) return;
  ++refused_count_;
  connection->refused_ = true;
  connection->closing_ = true;
  if (!connection->output_.append(workspace_, service_.refusal())) connection->broken_ = true;
  connection->run(workspace_);
}

Connection* ConnectionSet::insert(Fd conn_fd) {
  Connection* const connection = pool_.create(*this, std::move(conn_fd));
  if (connection == nullptr) return nullptr;
  connection->token_ = reactor_.attach(*connection);
  connection->next_ = first_;
  if (first_ != nullptr) first_->previous_ = connection;
  first_ = connection;
  return connection;
}

void ConnectionSet::release(Connection& connection) {
  if (connection.registered_) reactor_.unwatch(connection.fd_.get());
  reactor_.detach(connection.token_);
  if (Session* const session = std::exchange(connection.session_, nullptr)) {
    session->on_close();
    service_.close(*session);
  }
  if (connection.previous_ != nullptr) connection.previous_->next_ = connection.next_;
  if (connection.next_ != nullptr) connection.next_->previous_ = connection.previous_;
  if (first_ == &connection) first_ = connection.next_;
  if (connection.refused_) {
    --refused_count_;
  } else {
    budget_.open_count.fetch_sub(1, std::memory_order_relaxed);
    counters_.open.fetch_sub(1, std::memory_order_relaxed);
  }
  pool_.destroy(&connection);
}

Connection* ConnectionSet::speaking(Token token) const noexcept {
  auto* const connection = static_cast<Connection*>(reactor_.find(token));
  return connection != nullptr && connection->session_ != nullptr ? connection : nullptr;
}

void ConnectionSet::go_on(Connection& connection) {
  if (workspace_.working == &connection) return;
  if (workspace_.working == nullptr) {
    connection.run(workspace_);
    return;
  }
  // The buffers are lent to the other one: keep the output, and send it when that one is done.
  if (!connection.output_.settle(workspace_)) connection.broken_ = true;
  reactor_.defer(connection.token_);
}

void ConnectionSet::drain() {
  draining_ = true;
  service_.drain();
  const Deadline grace_end = reactor_.now() + kIdleGrace;
  for (Connection* it = first_; it != nullptr; it = it->next_) {
    if (it->session_ != nullptr) {
      it->session_->on_drain();
    } else if (it->deadline_ > grace_end) {
      it->deadline_ = grace_end;
      it->timer_due_ = grace_end;
      reactor_.schedule(*it, grace_end);
    }
  }
}

void ConnectionSet::close_all() {
  while (first_ != nullptr) release(*first_);
}

Deadline ConnectionSet::deadline_of(Phase phase) const noexcept {
  const Deadline now = reactor_.now();
  switch (phase) {
    case Phase::idle:
      return now + (draining_ ? std::min(kIdleGrace, limits_.idle_timeout) : limits_.idle_timeout);
    case Phase::head:
      return now + limits_.header_timeout;
    case Phase::body:
      return now + limits_.body_timeout;
    case Phase::respond:
      break;  // A handler may take its time; the drain's end is the limit.
    case Phase::write:
      return now + limits_.write_timeout;
    case Phase::linger:
      return now + limits_.linger_timeout;
  }
  return Deadline::max();
}

}  // namespace hpserver
