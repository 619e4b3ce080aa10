#include "hpserver/transport/completion_transport.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <span>
#include <utility>

#include "hpserver/base/clock.h"
#include "hpserver/base/trace.h"
#include "hpserver/connection/connection.h"
#include "hpserver/connection/connection_set.h"
#include "hpserver/transport/completion_acceptor.h"
#include "hpserver/transport/flight.h"

namespace hpserver {

namespace {

// Cancelled operations end within milliseconds, one after another if threads do it; a port that
// can't end one keeps its memory.
constexpr std::chrono::milliseconds kLongestPause{2'000};
constexpr std::chrono::milliseconds kWait{20};

}  // namespace

CompletionTransport::CompletionTransport(Proactor& proactor)
    : proactor_(proactor), port_(proactor.port()) {}

CompletionTransport::~CompletionTransport() {
  await_completions();
}

// The last wait makes the kernel release the registered sockets.
void CompletionTransport::finish() {
  await_completions();
  take_completions(std::chrono::milliseconds::zero());
}

void CompletionTransport::await_completions() {
  Deadline end = Clock::now() + kLongestPause;
  while (under_way_count_ > 0 && Clock::now() < end) {
    if (take_completions(kWait)) end = Clock::now() + kLongestPause;
  }
}

bool CompletionTransport::take_completions(std::chrono::milliseconds timeout) {
  std::array<PortEvent, 64> events;
  const auto count = port_.wait(events, timeout);
  bool any = false;
  for (const PortEvent& event : std::span(events).first(count ? *count : 0)) {
    // A readiness event, such as a late wake-up, has no handler any more, and may repeat.
    if (event.handler == nullptr) continue;
    event.handler->on_completion(event.completion);
    any = true;
  }
  return any;
}

Result<std::unique_ptr<Listener>> CompletionTransport::listen(Fd listen_fd, OnAccept on_accept) {
  auto acceptor =
      CompletionAcceptor::create(*this, proactor_, std::move(listen_fd), std::move(on_accept));
  if (!acceptor) return acceptor.error();
  return std::unique_ptr<Listener>(std::move(*acceptor));
}

void CompletionTransport::open(Connection& connection) {
  ++under_way_count_;
  connection.flight_ = std::make_unique<Flight>(*this, connection).release();
  port_.attach(connection.fd());
}

void CompletionTransport::close(Connection& connection) {
  Flight& flight = *std::exchange(connection.flight_, nullptr);
  std::erase(starved_, &flight);
  flight.leave(std::move(connection.fd_));
}

void CompletionTransport::end(Flight& flight) {
  port_.detach(flight.fd());
  --under_way_count_;
  const std::unique_ptr<Flight> ended(&flight);
}

Result<std::size_t> CompletionTransport::receive(Connection& connection, std::span<char> room) {
  Flight& flight = *connection.flight_;
  std::size_t taken_bytes = 0;
  std::size_t emptied_count = 0;
  for (Flight::Received& received : flight.inbox_) {
    const std::size_t part_bytes = std::min(received.bytes.size(), room.size() - taken_bytes);
    std::memcpy(room.data() + taken_bytes, received.bytes.data(), part_bytes);
    received.bytes.remove_prefix(part_bytes);
    taken_bytes += part_bytes;
    if (!received.bytes.empty()) break;
    flight.put_back(received);
    ++emptied_count;
  }
  if (taken_bytes > 0) {
    flight.inbox_.erase(flight.inbox_.begin(),
                        flight.inbox_.begin() + static_cast<std::ptrdiff_t>(emptied_count));
    trace(TraceStep::read, connection.fd(), TraceBy::kernel);
    return taken_bytes;
  }
  if (flight.receive_error_ != 0) return Error{flight.receive_error_, "recv"};
  if (flight.ended_) return std::size_t{0};
  return Error{EAGAIN, "recv"};
}

BufferPool& CompletionTransport::blocks_of(Connection& connection) {
  return connection.set_.workspace_.buffers;
}

void CompletionTransport::give_back(BufferId buffer) {
  if (buffer != kNoBuffer) --held_count_;
  port_.give_back(buffer);
  feed_starved();
}

void CompletionTransport::feed_starved() {
  if (starved_.empty()) return;
  for (Flight* const flight : std::exchange(starved_, {})) {
    static_cast<void>(flight->start_receiving());
  }
}

Result<Flush> CompletionTransport::flush(Connection& connection, Workspace& workspace,
                                         std::uint64_t, std::uint64_t& sent_bytes) {
  Flight& flight = *connection.flight_;
  sent_bytes += std::exchange(flight.sent_bytes_, 0);
  if (flight.shrunk_) return Flush::shrunk;
  if (flight.send_error_ != 0) return Error{flight.send_error_, "send"};
  if (!flight.sending_) {
    connection.sending_ = !connection.outgoing().empty(workspace);
    if (!connection.sending_) return Flush::drained;
    const auto started = flight.start_sending(workspace, connection.outgoing());
    if (!started) return started.error();
  }
  return Flush::would_block;
}

bool CompletionTransport::await(Connection& connection, Interest wanted) {
  Flight& flight = *connection.flight_;
  // A connection that waits only for its handler still wants to see a hang-up; one buffer ahead is
  // enough for that.
  flight.listens_ = wanted.readable || (!wanted.writable && flight.inbox_.empty());
  return flight.listens_ ? flight.start_receiving() : flight.set_aside();
}

}  // namespace hpserver
