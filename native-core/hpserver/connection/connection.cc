#include "hpserver/connection/connection.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "hpserver/base/trace.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/event/meter.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

namespace {

// How often to check whether a client has closed while a handler works for it.
constexpr std::chrono::seconds kCloseCheck{1};

}  // namespace

Connection::Connection(ConnectionSet& set, Fd conn_fd) : set_(set), fd_(std::move(conn_fd)) {}

Connection::~Connection() {
  input_.clear(set_.workspace_);
  clear_output(set_.workspace_);
}

void Connection::on_ready(Ready ready) {
  if (out_) {
    missed_ = missed_ | ready;
    return;
  }
  note(ready);
  ready_since_ = set_.ready_since();
  set_.run(*this);
}

void Connection::note(Ready ready) {
  if (ready.readable || ready.read_closed || ready.hang_up || ready.error) readable_ = true;
  if (ready.read_closed || ready.hang_up || ready.error) end_announced_ = true;
  if (ready.hang_up || ready.error) peer_gone_ = true;
}

void Connection::work(Workspace& workspace) {
  workspace.working = this;
  workspace.is_late = workspace.shedder != nullptr && has_waited_too_long(workspace);
  // A session that throws loses only its own conversation.
  if (!set_.call_out([&] { outcome_ = advance(workspace); })) outcome_ = Step::ended;
  workspace.successor.reset();  // from a session that has thrown
  if (outcome_ != Step::ended && !leave_cork(workspace)) outcome_ = break_off();
  // Leaves nothing in this workspace, since another executor, with its own, may release the
  // connection.
  if (outcome_ == Step::ended) clear_output(workspace);
  queued_ = has_output(workspace);
  if (outcome_ != Step::ended) release_session_if_idle(workspace);
  workspace.working = nullptr;
}

// Work that merely continues has not waited to begin.
bool Connection::has_waited_too_long(Workspace& workspace) {
  const Deadline since = std::exchange(ready_since_, Deadline{});
  if (since == Deadline{}) return false;
  const Deadline now = Clock::now();
  return !workspace.shedder->keeps_up(now - since, now);
}

Connection::Step Connection::advance(Workspace& workspace) {
  const Duties duties = dismissed_ ? Duties{} : workspace.duties;
  while (!broken_) {
    Step step = Step::advanced;
    if (sending_ || has_output(workspace)) {
      step = duties.write ? write(workspace) : Step::elsewhere;
    } else if (drained_) {
      if (!duties.process) return Step::elsewhere;
      go_on_streaming(workspace);
    } else if (lingering_) {
      return duties.read ? discard_input(workspace) : Step::elsewhere;
    } else if (closing_) {
      step = finish(workspace);
    } else if (input_paused_) {
      // The client may have disconnected, so the handler's answer would have no reader. The event
      // that reported it may be the same one that brought the request.
      return peer_gone_ ? Step::ended : Step::waiting;
    } else if (unprocessed_) {
      if (!duties.process) return Step::elsewhere;
      if (yields_) return Step::yielded;
      unprocessed_ = false;
      step = process(workspace, input_.view());
    } else if (input_is_over()) {
      closing_ = true;
    } else if (peer_done_) {
      if (!duties.process) return Step::elsewhere;
      end_of_input(workspace);
    } else if (!may_read()) {
      return Step::waiting;
    } else {
      step = duties.read ? read(workspace, duties) : Step::elsewhere;
    }
    if (step != Step::advanced) return step;
  }
  return Step::ended;
}

Connection::Step Connection::read(Workspace& workspace, const Duties& duties) {
  if (read_bytes_ >= set_.limits_.read_budget_bytes) return Step::yielded;
  const std::span<char> room = input_.room(workspace);
  // A session that neither consumes nor answers a full block never will.
  if (room.empty()) return break_off();
  const auto received = receive_into(workspace, room);
  if (closing_) return Step::advanced;  // the client, now known, has too many connections
  if (!received) return would_block(received.error()) ? Step::advanced : Step::ended;
  if (*received == 0) {
    peer_done_ = true;
    return Step::advanced;
  }
  spoken_ = true;
  const std::string_view input = input_.received(workspace, *received);
  if (duties.process) return process(workspace, input);
  // The receive buffer stays with this executor, so the bytes move to a block for the executor that
  // processes them.
  unprocessed_ = input_.keep_rest(workspace, input, 0);
  return unprocessed_ ? Step::advanced : break_off();
}

// A recv that doesn't fill its buffer has emptied the socket: no second recv is needed just to get
// EAGAIN, since bytes that arrive later are a new edge. See: epoll(7), Q9. An exception is a FIN in
// the same event as the bytes before it: no edge follows.
Result<std::size_t> Connection::receive_arrived(std::span<char> room) {
  const auto received = set_.transport_.receive(*this, room);
  if (!received || (*received < room.size() && !end_announced_)) readable_ = false;
  if (received) read_bytes_ += static_cast<std::uint32_t>(*received);
  return received;
}

// Here EAGAIN doesn't mean an empty socket: the arrived bytes contain nothing for the session. The
// turn's budget is checked before reading more of them.
Result<std::size_t> Connection::receive_into(Workspace& workspace, std::span<char> room) {
  if (filtered_ == nullptr) return receive_arrived(room);
  if (filtered_->holds_more()) {
    const auto opened = filtered_->open_rest(workspace, room);
    if (opened || !would_block(opened.error())) return opened;
  }
  const std::span<char> transit = workspace.transit_room();
  const auto arrived = receive_arrived(transit);
  if (!arrived) return arrived;
  if (*arrived == 0) {
    const auto ended = filtered_->end_of_arrivals();
    return ended ? arrived : ended.error();
  }
  return after_opening(workspace, filtered_->open(workspace, {transit.data(), *arrived}, room));
}

// Acts on what a filter has found out, and removes a filter that is over.
Result<std::size_t> Connection::after_opening(Workspace& workspace, Result<std::size_t> opened) {
  if (auto peer = filtered_->take_peer()) {
    peer_ = std::move(peer);
    const auto place = set_.admit(*peer_);
    if (!place) {
      closing_ = true;
      if (!output_.append(workspace, service_of(workspace.service).refusal())) broken_ = true;
    }
    peer_place_ = place.value_or(PeerLimit::kNone);
  }
  if (filtered_->is_over()) {
    filtered_->clear(workspace);
    filtered_.reset();
  }
  return opened;
}

bool Connection::has_output(const Workspace& workspace) const noexcept {
  return !output_.empty(workspace) ||
         (filtered_ != nullptr && !filtered_->sealed().empty(workspace));
}

bool Connection::leave_cork(Workspace& workspace) {
  const bool sealed = filtered_ == nullptr || filtered_->sealed().leave_cork(workspace);
  return output_.leave_cork(workspace) && sealed;
}

void Connection::clear_output(Workspace& workspace) {
  output_.clear(workspace);
  if (filtered_ != nullptr) filtered_->clear(workspace);
}

Connection::Step Connection::process(Workspace& workspace, std::string_view input) {
  trace(TraceStep::process, fd_.get());
  if (session_ == nullptr) {
    session_ = service_of(workspace.service).open();
    if (session_ == nullptr) return break_off();
  }
  Channel channel(*this, workspace);
  const std::size_t consumed = session_->on_input(input, channel);
  if (consumed > 0) progressed_ = true;
  if (consumed < input.size()) said_all_ = false;
  const bool succeeded = workspace.successor != nullptr;
  hand_to_successor(workspace);
  if (closing_) {
    input_.clear(workspace);
  } else if (!input_.keep_rest(workspace, input, consumed)) {
    return break_off();
  }
  // Leftover input waits for more bytes, unless only the output or another connection's turn held
  // it up.
  const bool goes_on = channel.congested() || succeeded || yields_;
  unprocessed_ = !input_.empty() && !input_paused_ && goes_on;
  return Step::advanced;
}

Connection::Step Connection::write(Workspace& workspace) {
  const std::uint64_t budget_bytes = set_.limits_.write_budget_bytes;
  if (sent_bytes_ >= budget_bytes) return Step::yielded;
  if (filtered_ != nullptr) {
    const auto sealed = filtered_->seal(workspace, output_);
    if (!sealed || *sealed == Flush::shrunk) return Step::ended;
  }
  const auto flushed =
      set_.transport_.flush(*this, workspace, budget_bytes - sent_bytes_, sent_bytes_);
  if (!flushed || *flushed == Flush::shrunk) return Step::ended;
  if (*flushed == Flush::would_block) return Step::waiting;
  drained_ = *flushed == Flush::drained && input_paused_ && session_ != nullptr &&
             output_.empty(workspace);
  return Step::advanced;
}

void Connection::go_on_streaming(Workspace& workspace) {
  drained_ = false;
  if (session_ == nullptr) return;
  Channel channel(*this, workspace);
  session_->on_drained(channel);
  hand_to_successor(workspace);
}

Connection::Step Connection::break_off() {
  if (!broken_) set_.note_no_memory();
  broken_ = true;
  return Step::ended;
}

Connection::Step Connection::finish(Workspace& workspace) {
  if (filtered_ != nullptr) {
    if (!filtered_->close(workspace)) return Step::ended;
    if (has_output(workspace)) return Step::advanced;
  }
  // Closing while the peer may still send would answer its bytes with an RST, and that would remove
  // the reply from the peer's receive queue. See: RFC 9112, section 9.6.
  if (peer_done_ || !shut_down(fd_.get(), Direction::write)) return Step::ended;
  lingering_ = true;
  return Step::advanced;
}

Connection::Step Connection::discard_input(Workspace& workspace) {
  if (said_all_ && end_announced_) return Step::ended;
  while (readable_) {
    said_all_ = false;
    if (read_bytes_ >= set_.limits_.read_budget_bytes) return Step::yielded;
    const auto received = receive_arrived(*workspace.receive);
    if (!received) return would_block(received.error()) ? Step::waiting : Step::ended;
    if (*received == 0) return Step::ended;
  }
  return Step::waiting;
}

// The peer has sent everything, and no request is open.
bool Connection::input_is_over() const {
  return peer_done_ && is_idle() && !owns_session_;
}

void Connection::end_of_input(Workspace& workspace) {
  Channel channel(*this, workspace);
  session_->on_end_of_input(channel);
  // The session was told; without a pending answer there is nothing left to wait for.
  hand_to_successor(workspace);
  if (!input_paused_) closing_ = true;
}

void Connection::release_session_if_idle(Workspace& workspace) {
  if (session_ == nullptr || owns_session_ || !is_idle() || !input_.empty()) return;
  service_of(workspace.service).close(*std::exchange(session_, nullptr));
}

void Connection::end_session(Service& executors) {
  Session* const session = std::exchange(session_, nullptr);
  if (session == nullptr) return;
  static_cast<void>(set_.call_out([&] { session->on_close(); }));
  if (owns_session_) {
    owns_session_ = false;
    const std::unique_ptr<Session> ended(session);
  } else {
    service_of(executors).close(*session);
  }
}

void Connection::hand_to_successor(Workspace& workspace) {
  if (workspace.successor == nullptr) return;
  end_session(workspace.service);
  session_ = workspace.successor.release();
  owns_session_ = true;
  input_paused_ = false;
  unprocessed_ = !input_.empty();
}

bool Connection::await_next() {
  update_deadline();
  // Doesn't wait for events that it couldn't act on.
  const bool writes = output_waits();
  return set_.transport_.await(*this, {.readable = !input_paused_ && !writes, .writable = writes});
}

Phase Connection::present_phase() const {
  if (lingering_) return Phase::linger;
  if (filtered_ != nullptr && filtered_->is_handshaking()) return Phase::handshake;
  if (output_waits()) return Phase::write;
  if (session_ != nullptr) return session_->phase();
  return spoken_ ? Phase::idle : Phase::head;
}

void Connection::update_deadline() {
  const Phase phase = present_phase();
  const Phase before = std::exchange(phase_, phase);
  const bool same = before == phase;
  count_turn(before);
  if (phase == Phase::idle) keep_to(set_.deadlines_.get());
  // A phase without progress keeps its deadline; a new connection has none yet.
  const bool moved = phase == Phase::body    ? read_bytes_ > 0
                     : phase == Phase::write ? sent_bytes_ > 0
                                             : progressed_;
  if (!same || moved || deadline_ == Deadline::max()) deadline_ = set_.deadline_of(*this);
  // The turn is over: the next one starts counting at zero.
  read_bytes_ = 0;
  sent_bytes_ = 0;
  progressed_ = false;
  yields_ = false;
  look_again_by(deadline_);
}

void Connection::count_turn(Phase before) {
  Meter* const meter = set_.loop_.meter();
  if (meter == nullptr || refused_) return;
  if (before != phase_) meter->change(state_of(before), state_of(phase_));
  if (read_bytes_ > 0 || sent_bytes_ > 0) meter->moved(read_bytes_, sent_bytes_);
}

// Whether to check for a client that closes while nothing is read: no event reports a FIN behind
// unread bytes, and select(2) and completion ports never report one.
bool Connection::looks_for_close() const {
  return deadlines_->half_close == HalfClose::abort &&
         (phase_ == Phase::respond || phase_ == Phase::stream);
}

void Connection::look_again_by(Deadline deadline) {
  const Deadline due =
      looks_for_close() ? std::min(deadline, set_.loop_.now() + kCloseCheck) : deadline;
  if (due == Deadline::max() || (due >= timer_due_ && scheduled())) return;
  timer_due_ = due;
  set_.loop_.schedule(*this, due);
}

void Connection::on_timer() {
  timer_due_ = Deadline::max();
  // A crew is working on the connection: the deadline is checked when it comes back.
  if (out_) return;
  if (looks_for_close() && peer_has_closed(fd_.get())) return set_.release(*this);
  if (deadline_ > set_.loop_.now()) return look_again_by(deadline_);
  const bool last_words =
      phase_ == Phase::head || phase_ == Phase::body || phase_ == Phase::respond;
  if (phase_ == Phase::handshake && filtered_ != nullptr) filtered_->on_timeout();
  if (!last_words || session_ == nullptr) {
    set_.release(*this);
    return;
  }
  set_.workspace_.now = set_.loop_.now();
  Channel channel(*this, set_.workspace_);
  if (!set_.call_out([&] { session_->on_timeout(channel); })) broken_ = true;
  set_.workspace_.successor.reset();  // these were the last words
  closing_ = true;
  input_paused_ = false;
  dismissed_ = true;
  set_.run(*this);
}

}  // namespace hpserver
