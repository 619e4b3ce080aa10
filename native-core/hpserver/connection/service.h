#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "hpserver/connection/stream_filter.h"
#include "hpserver/event/meter.h"

namespace hpserver {

class Channel;

// What a conversation waits for; it chooses the deadline that applies.
enum class Phase : std::uint8_t {
  handshake,  // the filter's: the session hears of nothing; its deadline is not moved by bytes
  idle,       // between two requests: the session holds nothing, and is given back to its service
  head,       // a request has begun; its deadline is not moved by further bytes (slow-loris)
  body,       // its body is on the way; the deadline moves with every byte received
  respond,    // the handler has yet to begin its answer; the deadline is its own
  stream,     // the answer has begun, and its next piece is the handler's to give: no deadline
  write,      // the answer is on the way; the deadline moves with every byte sent
  linger,     // the answer is out and our side is shut; what still comes is read and dropped
};

// As it is counted.
[[nodiscard]] constexpr Meter::State state_of(Phase phase) noexcept {
  static_assert(static_cast<std::size_t>(Phase::linger) + 1 == Meter::kStates);
  return static_cast<Meter::State>(phase);
}

// The logic unit's part in one conversation: consumes the bytes of one connection and writes the
// answers. Called by one executor at a time, which need not be the same thread every time.
// It never sees a descriptor: the same session serves readiness and completion, blocking or not.
class Session {
 public:
  virtual ~Session() = default;

  // Looks at `input`: all bytes received and not yet consumed, in one piece; returns how many of
  // them it is done with. Not called while input is paused or output waits to be sent. The rest
  // comes again with what has arrived in the meantime; returning less than everything is how a
  // session waits for more, or (after Channel::pause_input) for its own answer, or (after
  // Channel::yield) for its next turn.
  virtual std::size_t on_input(std::string_view input, Channel& channel) = 0;

  // The peer will send nothing more (FIN); what it still may get is up to the session.
  virtual void on_end_of_input(Channel& channel) = 0;

  // All queued output has been handed to the kernel: a streamed answer may go on.
  virtual void on_drained(Channel& channel) = 0;

  // The deadline of the present phase has passed: last words, if any. The connection is closed
  // after them.
  virtual void on_timeout(Channel& channel) = 0;

  // The connection is gone, or another session's (Channel::become); this one is given back to its
  // service right after.
  virtual void on_close() = 0;

  [[nodiscard]] virtual Phase phase() const = 0;
};

// The logic unit: makes the sessions of one executor's connections, and lends them what they need
// (Channel::service). One instance per executor, so its state needs no lock; what is shared between
// executors, the service's maker shares knowingly.
class Service {
 public:
  virtual ~Service() = default;

  // A session for a connection that has begun to speak, or null at the service's limit: the
  // connection is then closed without a word. `close` takes it back, which may be that of another
  // executor's instance of the same kind.
  virtual Session* open() = 0;
  virtual void close(Session& session) = 0;

  // What stands between the session of a new connection and its bytes; null: nothing. Before
  // `open`.
  virtual std::unique_ptr<StreamFilter> make_filter() { return nullptr; }

  // The bytes that tell a client that the server is full ("503 …"); may be empty.
  [[nodiscard]] virtual std::string_view refusal() const = 0;

  // Any thread: from now on every answer is its connection's last one.
  virtual void drain() = 0;

  // Several services behind one server are a Service as well: the number of the one that a new
  // connection gets, from 1. 0: this one itself, which is alone. See: ServiceSet.
  [[nodiscard]] virtual std::uint8_t number_for(int /*conn_fd*/) const { return 0; }
  // The one of that number, which every executor's set has.
  [[nodiscard]] virtual Service& numbered(std::uint8_t /*number*/) { return *this; }
};

}  // namespace hpserver
