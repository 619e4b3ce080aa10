#include "hpserver/net/connection.h"

#include <utility>

#include "hpserver/net/connection_set.h"
#include "hpserver/net/socket.h"

namespace hpserver {

Connection::Connection(ConnectionSet& set, Fd conn_fd) : set_(set), fd_(std::move(conn_fd)) {}

Connection::~Connection() {
  input_.clear(set_.workspace_);
  output_.clear(set_.workspace_);
}

void Connection::on_ready(Ready ready) {
  if (ready.readable || ready.read_closed || ready.hang_up || ready.error) readable_ = true;
  if (ready.read_closed || ready.hang_up || ready.error) end_announced_ = true;
  if (ready.hang_up || ready.error) peer_gone_ = true;
  run(set_.workspace_);
}

void Connection::run(Workspace& workspace) {
  read_bytes_ = 0;
  sent_bytes_ = 0;
  progressed_ = false;
  workspace.working = this;
  const bool open = advance(workspace) == Step::waiting && settle(workspace);
  workspace.working = nullptr;
  if (!open) set_.release(*this);
}

Connection::Step Connection::advance(Workspace& workspace) {
  while (!broken_) {
    if (!output_.empty(workspace)) {
      if (const Step step = write(workspace); step != Step::advanced) return step;
    } else if (lingering_) {
      return discard_input(workspace);
    } else if (closing_) {
      if (const Step step = finish(); step != Step::advanced) return step;
    } else if (input_paused_) {
      // Nobody may be left to read the answer that the handler works on. The event that told so may
      // have been the one that brought the request.
      return peer_gone_ ? Step::ended : Step::waiting;
    } else if (unprocessed_) {
      unprocessed_ = false;
      if (const Step step = process(workspace, input_.view()); step != Step::advanced) return step;
    } else if (peer_done_) {
      end_of_input(workspace);
    } else if (!readable_) {
      return Step::waiting;
    } else if (const Step step = read(workspace); step != Step::advanced) {
      return step;
    }
  }
  return Step::ended;
}

Connection::Step Connection::read(Workspace& workspace) {
  if (read_bytes_ >= set_.limits_.read_budget_bytes) {
    set_.reactor_.defer(token_);
    return Step::waiting;
  }
  const std::span<char> room = input_.room(workspace);
  // A session that neither consumes nor answers what fills a whole block never will.
  if (room.empty()) return Step::ended;
  const auto received = receive_into(room);
  if (!received) return would_block(received.error()) ? Step::advanced : Step::ended;
  if (*received == 0) {
    peer_done_ = true;
    return Step::advanced;
  }
  read_bytes_ += static_cast<std::uint32_t>(*received);
  return process(workspace, input_.received(workspace, *received));
}

// A recv that does not fill its buffer has emptied the socket: no second one is needed to hear
// EAGAIN, since whatever comes later is a new edge. See: epoll(7), Q9. Not so a FIN that came in
// the same event as the bytes before it: no edge follows.
Result<std::size_t> Connection::receive_into(std::span<char> room) {
  const auto received = receive(fd_.get(), room);
  if (!received || (*received < room.size() && !end_announced_)) readable_ = false;
  return received;
}

Connection::Step Connection::process(Workspace& workspace, std::string_view input) {
  spoken_ = true;
  if (session_ == nullptr) {
    session_ = set_.service_.open();
    if (session_ == nullptr) return Step::ended;
  }
  Channel channel(*this, workspace);
  const std::size_t consumed = session_->on_input(input, channel);
  if (consumed > 0) progressed_ = true;
  if (closing_) {
    input_.clear(workspace);
  } else if (!input_.keep_rest(workspace, input, consumed)) {
    return Step::ended;
  }
  // What is left waits for more bytes, unless it was only the output that stood in the way.
  unprocessed_ = !input_.empty() && !input_paused_ && channel.congested();
  return Step::advanced;
}

Connection::Step Connection::write(Workspace& workspace) {
  const std::uint64_t budget_bytes = set_.limits_.write_budget_bytes;
  if (sent_bytes_ >= budget_bytes) {
    set_.reactor_.defer(token_);
    return Step::waiting;
  }
  const auto flushed = output_.flush(workspace, fd_.get(), budget_bytes - sent_bytes_, sent_bytes_);
  if (!flushed || *flushed == Flush::shrunk) return Step::ended;
  if (*flushed == Flush::would_block) return Step::waiting;
  if (*flushed == Flush::drained && input_paused_ && session_ != nullptr) {
    Channel channel(*this, workspace);
    session_->on_drained(channel);
  }
  return Step::advanced;
}

Connection::Step Connection::finish() {
  // Closing while the peer may still send would answer its bytes with an RST, and that would take
  // the reply out of its receive queue again. See: RFC 9112, section 9.6.
  if (peer_done_ || !shut_down(fd_.get(), Direction::write)) return Step::ended;
  lingering_ = true;
  return Step::advanced;
}

Connection::Step Connection::discard_input(Workspace& workspace) {
  while (readable_) {
    if (read_bytes_ >= set_.limits_.read_budget_bytes) {
      set_.reactor_.defer(token_);
      return Step::waiting;
    }
    const auto received = receive_into(*workspace.receive);
    if (!received) return would_block(received.error()) ? Step::waiting : Step::ended;
    if (*received == 0) return Step::ended;
    read_bytes_ += static_cast<std::uint32_t>(*received);
  }
  return Step::waiting;
}

void Connection::end_of_input(Workspace& workspace) {
  if (session_ == nullptr || session_->phase() == Phase::idle) {
    closing_ = true;
    return;
  }
  Channel channel(*this, workspace);
  session_->on_end_of_input(channel);
  // The session has had its word; without an answer under way nothing is left to wait for.
  if (!input_paused_) closing_ = true;
}

bool Connection::settle(Workspace& workspace) {
  if (!output_.settle(workspace)) return false;
  release_session_if_idle();
  update_deadline(workspace);
  return update_interest();
}

void Connection::release_session_if_idle() {
  if (session_ == nullptr || session_->phase() != Phase::idle || !input_.empty()) return;
  set_.service_.close(*std::exchange(session_, nullptr));
}

void Connection::update_deadline(const Workspace& workspace) {
  Phase phase = Phase::idle;
  if (lingering_) {
    phase = Phase::linger;
  } else if (!output_.empty(workspace)) {
    phase = Phase::write;
  } else if (session_ != nullptr) {
    phase = session_->phase();
  } else if (!spoken_) {
    phase = Phase::head;
  }
  const bool same = std::exchange(phase_, phase) == phase;
  // A phase without progress keeps its deadline; a new connection has none yet.
  const bool moved = phase == Phase::body    ? read_bytes_ > 0
                     : phase == Phase::write ? sent_bytes_ > 0
                                             : progressed_;
  if (same && !moved && deadline_ != Deadline::max()) return;
  deadline_ = set_.deadline_of(phase);
  if (deadline_ < timer_due_ || !scheduled()) {
    if (deadline_ == Deadline::max()) return;
    timer_due_ = deadline_;
    set_.reactor_.schedule(*this, deadline_);
  }
}

bool Connection::update_interest() {
  // Edge-triggered interest costs nothing while it isn't met, so it is only ever widened: readable
  // from the start, writable once a send has been refused. Level-triggered interest would be
  // reported over and over: it is exactly what can be acted on.
  const bool output_waits = phase_ == Phase::write;
  Interest wanted{.readable = true, .writable = output_waits || interest_.writable};
  if (set_.trigger_ == Trigger::level) {
    wanted = {.readable = !input_paused_ && !output_waits, .writable = output_waits};
  }
  if (registered_ && wanted == interest_) return true;
  const auto result = registered_ ? set_.reactor_.modify(fd_.get(), token_, wanted, set_.trigger_)
                                  : set_.reactor_.watch(fd_.get(), token_, wanted, set_.trigger_);
  registered_ = true;
  interest_ = wanted;
  return result.ok();
}

void Connection::on_timer() {
  timer_due_ = Deadline::max();
  if (deadline_ == Deadline::max()) return;
  if (deadline_ > set_.reactor_.now()) {
    timer_due_ = deadline_;
    set_.reactor_.schedule(*this, deadline_);
    return;
  }
  const bool last_words = phase_ == Phase::head || phase_ == Phase::body;
  if (!last_words || session_ == nullptr) {
    set_.release(*this);
    return;
  }
  Channel channel(*this, set_.workspace_);
  session_->on_timeout(channel);
  closing_ = true;
  input_paused_ = false;
  run(set_.workspace_);
}

}  // namespace hpserver
