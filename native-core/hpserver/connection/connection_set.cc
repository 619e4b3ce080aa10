#include "hpserver/connection/connection_set.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "hpserver/event/meter.h"
#include "hpserver/event/notices.h"
#include "hpserver/socket/address.h"
#include "hpserver/socket/socket.h"

namespace hpserver {

namespace {

// Refused clients that are being sent a reply; further ones are closed without one.
constexpr std::size_t kMaxRefused = 64;
// Descriptors that a loop watches besides its connections: listeners, wake-ups, signals.
constexpr std::size_t kOwnDescriptors = 64;
// A carrier's connection counts as one whose answer goes on.
constexpr Phase kCarriedPhase = Phase::stream;
// A drained connection that stays silent this long is closed.
constexpr std::chrono::milliseconds kIdleGrace{500};

// Reads what has arrived, so the close that follows causes no reset: a reset would look like a
// failure, and the client would not try again.
void discard_input(int fd) {
  constexpr int kMostReads = 4;
  std::array<char, 16'384> nowhere;
  for (int reads = 0; reads < kMostReads; ++reads) {
    const auto got = receive(fd, nowhere, {.dont_wait = true});
    if (!got || *got < nowhere.size()) return;
  }
}

std::size_t most_connections(const EventLoop& loop, const ConnectionLimits& limits) {
  const std::size_t reserved = kMaxRefused + kOwnDescriptors;
  const std::size_t capacity = std::max(loop.capacity(), reserved + 1);
  return std::min(limits.max_connections, capacity - reserved);
}

}  // namespace

ConnectionSet::ConnectionSet(EventLoop& loop, Transport& transport, Service& service,
                             BufferPool& buffers, ConnectionBudget& budget,
                             const ConnectionLimits& limits, Duties duties)
    : loop_(loop),
      transport_(transport),
      service_(service),
      budget_(budget),
      limits_(limits),
      deadlines_(limits.deadlines, limits.changes),
      max_count_(most_connections(loop, limits)),
      workspace_(buffers, service, duties, limits.output()),
      pool_({.max_count = max_count_ + kMaxRefused}) {
  workspace_.meter = loop.meter();
  if (duties.process && limits_.make_shedder) workspace_.shedder = limits_.make_shedder();
}

ConnectionSet::~ConnectionSet() {
  while (!carried_.empty()) end(carried_.begin());
  while (first_ != nullptr) release(*first_);
}

void ConnectionSet::hand_out_to(Crew& crew) noexcept {
  crew_ = &crew;
  transport_.serve_many_hands();
}

void ConnectionSet::adopt(Fd conn_fd) {
  if (!take_budget()) return refuse(std::move(conn_fd));
  const auto place = admit(conn_fd.get());
  if (place) return open(std::move(conn_fd), *place);
  budget_.give_back();
  turn_away(std::move(conn_fd));
}

void ConnectionSet::adopt(Fd conn_fd, PeerLimit::Place place) {
  if (take_budget()) return open(std::move(conn_fd), place);
  leave(place);
  refuse(std::move(conn_fd));
}

bool ConnectionSet::take_budget() {
  return size() - refused_count_ < max_count_ && budget_.take();
}

void ConnectionSet::open(Fd conn_fd, PeerLimit::Place place) {
  const std::uint8_t number = service_.number_for(conn_fd.get());
  Service& service = service_.numbered(number);
  if (service.carries()) return carry(service, std::move(conn_fd), place);
  Connection* const connection = insert(std::move(conn_fd), Welcome::served, number);
  if (connection == nullptr) {
    budget_.give_back();
    leave(place);
    return;
  }
  connection->peer_place_ = place;
  count_open(connection->phase_);
  run(*connection);
}

void ConnectionSet::carry(Service& service, Fd conn_fd, PeerLimit::Place place) {
  const auto carried = carried_.insert(carried_.end(), Carried{.carrier = nullptr, .place = place});
  count_open(kCarriedPhase);
  const bool called = call_out([&] {
    carried->carrier = service.carry(std::move(conn_fd), loop_, [this, carried] { end(carried); });
  });
  if (!called || carried->carrier == nullptr) end(carried);
}

void ConnectionSet::end(std::list<Carried>::iterator carried) {
  count_closed(kCarriedPhase, carried->place);
  carried_.erase(carried);
}

void ConnectionSet::count_open(Phase phase) noexcept {
  counters_.accepted.fetch_add(1, std::memory_order_relaxed);
  counters_.open.fetch_add(1, std::memory_order_relaxed);
  if (Meter* const meter = loop_.meter()) {
    meter->count(Meter::Event::connection_accepted);
    meter->enter(state_of(phase));
  }
}

void ConnectionSet::count_closed(Phase phase, PeerLimit::Place place) noexcept {
  budget_.give_back();
  leave(place);
  counters_.open.fetch_sub(1, std::memory_order_relaxed);
  if (Meter* const meter = loop_.meter()) meter->leave(state_of(phase));
}

// A client that has disconnected already is admitted: the next call on its socket reports it.
std::optional<PeerLimit::Place> ConnectionSet::admit(int conn_fd) {
  if (limits_.peer_limit == nullptr) return PeerLimit::kNone;
  const auto peer = Address::peer_of(conn_fd);
  if (!peer) return PeerLimit::kNone;
  // The proxy has yet to name its client.
  if (limits_.peer_source != nullptr && limits_.peer_source->is_proxy(*peer)) {
    return PeerLimit::kNone;
  }
  return admit(*peer);
}

std::optional<PeerLimit::Place> ConnectionSet::admit(const Address& peer) {
  if (limits_.peer_limit == nullptr) return PeerLimit::kNone;
  const auto answer = limits_.peer_limit->take(peer);
  if (answer.verdict == PeerLimit::Verdict::taken) return answer.place;
  const bool at_limit = answer.verdict == PeerLimit::Verdict::at_limit;
  loop_.notices().note(Notices::Kind::refused_peer,
                       {"a connection was refused: ", peer.host(),
                        at_limit ? " already has as many connections as one address may have"
                                 : " can't be counted, because too many addresses are connected"});
  return std::nullopt;
}

void ConnectionSet::leave(PeerLimit::Place place) noexcept {
  if (place != PeerLimit::kNone) limits_.peer_limit->give_back(place);
}

void ConnectionSet::refuse(Fd conn_fd) {
  count(loop_.meter(), Meter::Event::connection_refused);
  loop_.notices().note(Notices::Kind::refused, {"a connection was refused: the server is full"});
  turn_away(std::move(conn_fd));
}

void ConnectionSet::turn_away(Fd conn_fd) {
  counters_.refused.fetch_add(1, std::memory_order_relaxed);
  if (refused_count_ == kMaxRefused) return discard_input(conn_fd.get());
  const std::uint8_t number = service_.number_for(conn_fd.get());
  Connection* const connection = insert(std::move(conn_fd), Welcome::refused, number);
  if (connection == nullptr) return;
  ++refused_count_;
  connection->refused_ = true;
  shed(*connection);
}

Connection* ConnectionSet::insert(Fd conn_fd, Welcome welcome, std::uint8_t service_number) {
  Connection* const connection = pool_.create(*this, std::move(conn_fd));
  if (connection == nullptr) {
    note_no_memory();
    return nullptr;
  }
  connection->deadlines_ = deadlines_.get();
  connection->service_number_ = service_number;
  if (!filter(*connection, welcome)) {
    pool_.destroy(connection);
    return nullptr;
  }
  connection->token_ = loop_.attach(*connection);
  // A crew would have nothing to do yet: call it when the request has arrived.
  connection->readable_ = workspace_.duties.read;
  connection->next_ = first_;
  if (first_ != nullptr) first_->previous_ = connection;
  first_ = connection;
  connection->ready_since_ = ready_since();
  transport_.open(*connection);
  return connection;
}

// Without its filter a connection would exchange plain bytes, so if creating the filter fails, the
// connection isn't served.
bool ConnectionSet::filter(Connection& connection, Welcome welcome) {
  return call_out([&] {
    auto own = connection.service_of(service_).make_filter();
    // A refused client is told at once, without first reading a proxy's header.
    auto first = welcome == Welcome::served ? make_peer_filter(connection) : nullptr;
    if (first == nullptr) first = std::move(own);
    if (first == nullptr) return;
    connection.filtered_ = std::make_unique<FilteredStream>(std::move(first), std::move(own));
  });
}

std::unique_ptr<StreamFilter> ConnectionSet::make_peer_filter(const Connection& connection) {
  if (limits_.peer_source == nullptr) return nullptr;
  const auto other_end = Address::peer_of(connection.fd());
  if (!other_end) return nullptr;
  return limits_.peer_source->make_filter(*other_end, loop_.notices());
}

// The earliest time at which an event of the current turn may have arrived. If the loop had no time
// to sleep, that is when the previous turn began. Zero if there is no shedder.
Deadline ConnectionSet::ready_since() noexcept {
  if (!limits_.make_shedder) return Deadline{};
  constexpr std::chrono::milliseconds kNoSleep{1};
  if (loop_.now() != turn_began_) {
    const bool has_slept = loop_.now() - work_ended_ >= kNoSleep;
    turn_before_ = has_slept ? loop_.now() : turn_began_;
    turn_began_ = loop_.now();
  }
  return turn_before_;
}

void ConnectionSet::run(Connection& connection) {
  workspace_.now = loop_.now();
  connection.work(workspace_);
  if (workspace_.shedder != nullptr) work_ended_ = Clock::now();
  if (!connection.closing_) connection.dismissed_ = false;
  go_on_after_work(connection);
}

void ConnectionSet::go_on_after_work(Connection& connection) {
  switch (connection.outcome_) {
    case Connection::Step::ended:
      return release(connection);
    case Connection::Step::elsewhere:
      return hand_out(connection);
    case Connection::Step::yielded:
      loop_.defer(connection.token_);
      break;
    default:
      break;
  }
  if (connection.await_next()) return;
  // The loop can watch no more (select: its descriptor number is too high).
  if (connection.dismissed_ || connection.output_waits()) {
    release(connection);
  } else {
    shed(connection);
  }
}

void ConnectionSet::hand_out(Connection& connection) {
  connection.out_ = true;
  if (crew_ != nullptr && crew_->take(connection)) return;
  count(loop_.meter(), Meter::Event::request_refused);
  loop_.notices().note(Notices::Kind::refused, {"a request was refused: the queue is full"});
  connection.out_ = false;
  shed(connection);
}

void ConnectionSet::take_back(Connection& connection) {
  connection.out_ = false;
  if (connection.doomed_) return release(connection);
  const Ready missed = std::exchange(connection.missed_, {});
  if (missed != Ready{}) {
    connection.note(missed);
    connection.ready_since_ = ready_since();
  }
  if (!waiting_steps_.empty() && catch_up(connection.token_)) return;
  const bool ours = connection.outcome_ == Connection::Step::elsewhere;
  if (ours || (missed != Ready{} && connection.outcome_ == Connection::Step::waiting)) {
    run(connection);
  } else {
    go_on_after_work(connection);
  }
}

// The loop continues with the connection alone: it sends the pending answer, or tells the client
// that there is no room for its request.
void ConnectionSet::shed(Connection& connection) {
  connection.dismissed_ = true;
  if (!connection.output_waits()) {
    connection.end_session(service_);
    connection.input_.clear(workspace_);
    connection.input_paused_ = connection.unprocessed_ = connection.drained_ = false;
    connection.closing_ = true;
    if (!connection.output_.append(workspace_, connection.service_of(service_).refusal())) {
      connection.break_off();
    }
  }
  run(connection);
}

void ConnectionSet::release(Connection& connection) {
  transport_.close(connection);
  loop_.detach(connection.token_);
  connection.end_session(service_);
  if (connection.previous_ != nullptr) connection.previous_->next_ = connection.next_;
  if (connection.next_ != nullptr) connection.next_->previous_ = connection.previous_;
  if (first_ == &connection) first_ = connection.next_;
  if (connection.refused_) {
    --refused_count_;
  } else {
    connection.count_turn(connection.phase_);
    count_closed(connection.phase_, connection.peer_place_);
  }
  pool_.destroy(&connection);
}

void ConnectionSet::note_exception(const char* what) noexcept {
  loop_.notices().note(Notices::Kind::exception,
                       {"a connection was closed because its session threw an exception: ", what});
}

void ConnectionSet::note_no_memory() noexcept {
  loop_.notices().note(Notices::Kind::no_memory,
                       {"a connection was closed: no memory is left to buffer its data"});
}

Connection* ConnectionSet::speaking(Token token) const noexcept {
  auto* const connection = static_cast<Connection*>(loop_.find(token));
  return connection != nullptr && connection->session_ != nullptr ? connection : nullptr;
}

bool ConnectionSet::is_out(Token token) const noexcept {
  const auto* const connection = static_cast<const Connection*>(loop_.find(token));
  return connection != nullptr && connection->out_;
}

// True if the connection has continued with one of its waiting steps.
bool ConnectionSet::catch_up(Token token) {
  std::vector<SessionStep> steps;
  std::erase_if(waiting_steps_, [&](WaitingStep& waiting) {
    if (waiting.token != token) return false;
    steps.push_back(std::move(waiting.step));
    return true;
  });
  bool done = false;
  for (SessionStep& step : steps) {
    if (is_out(token)) {
      when_back(token, std::move(step));
    } else {
      done = resume(token, step) || done;
    }
  }
  return done;
}

void ConnectionSet::go_on(Connection& connection) {
  if (workspace_.working == &connection) return;
  if (workspace_.working == nullptr) {
    run(connection);
    return;
  }
  // Another connection has borrowed the buffers: keep this one's output, and send it when the other
  // is done.
  if (!connection.leave_cork(workspace_)) connection.break_off();
  loop_.defer(connection.token_);
}

void ConnectionSet::drain() {
  draining_ = true;
  service_.drain();
  const Deadline grace_end = loop_.now() + kIdleGrace;
  for (Connection* it = first_; it != nullptr; it = it->next_) {
    if (it->out_) continue;  // Another thread works on it.
    // A client that still has an answer to read isn't silent, even if its session is finished.
    const bool speaks =
        !(it->session_ == nullptr || (it->owns_session_ && it->is_idle())) || it->output_waits();
    if (speaks || it->deadline_ <= grace_end) continue;
    it->deadline_ = grace_end;
    it->timer_due_ = grace_end;
    loop_.schedule(*it, grace_end);
  }
}

void ConnectionSet::close_all() {
  while (!carried_.empty()) end(carried_.begin());
  // A session that is told of its end may resume other connections, which may then close or go to a
  // crew, so the list is searched from the start after each one.
  for (Connection* it = first_; it != nullptr;) {
    if (it->out_) {
      it->doomed_ = true;
      it = it->next_;
    } else {
      release(*it);
      it = first_;
    }
  }
}

void ConnectionSet::abandon() const noexcept {
  for (const Connection* it = first_; it != nullptr; it = it->next_) ::close(it->fd());
}

Deadline ConnectionSet::deadline_of(const Connection& connection) const noexcept {
  const ConnectionDeadlines& deadlines = *connection.deadlines_;
  const Deadline now = loop_.now();
  switch (connection.phase_) {
    case Phase::idle:
      return now +
             (draining_ ? std::min(kIdleGrace, deadlines.idle_timeout) : deadlines.idle_timeout);
    case Phase::handshake:
      return now + deadlines.handshake_timeout;
    case Phase::head:
      return now + deadlines.header_timeout;
    case Phase::body:
      return now + deadlines.body_timeout;
    case Phase::respond:
      if (deadlines.handler_timeout.count() == 0) break;
      return now + deadlines.handler_timeout;
    case Phase::stream:
      break;  // A slow reader is in `write` instead; an event stream may be silent for hours.
    case Phase::write:
      return now + deadlines.write_timeout;
    case Phase::linger:
      return now + deadlines.linger_timeout;
  }
  return Deadline::max();
}

}  // namespace hpserver
