#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "hpserver/connection/carrier.h"
#include "hpserver/connection/stream_filter.h"
#include "hpserver/event/meter.h"
#include "hpserver/os/fd.h"

namespace hpserver {

class Channel;
class EventLoop;

// What a conversation is waiting for; it determines the deadline.
enum class Phase : std::uint8_t {
  handshake,  // the filter's phase: the session sees nothing; bytes don't extend the deadline
  idle,       // between two requests: the session holds nothing, and is given back to its service
  head,       // a request has begun; further bytes don't extend its deadline (slow-loris)
  body,       // its body is arriving; every received byte extends the deadline
  respond,    // the handler hasn't begun its answer; the handler's own deadline applies
  stream,     // the answer has begun, and the handler must provide the next piece: no deadline
  write,      // the answer is being sent; every sent byte extends the deadline
  linger,     // the answer is sent and our side is shut down; further input is read and dropped
};

// The state under which a phase is counted.
[[nodiscard]] constexpr Meter::State state_of(Phase phase) noexcept {
  static_assert(static_cast<std::size_t>(Phase::linger) + 1 == Meter::kStates);
  return static_cast<Meter::State>(phase);
}

// The logic unit's part of one conversation: consumes the bytes of one connection and writes the
// answers. Called by one executor at a time, not always on the same thread. It never sees a
// descriptor, so the same session works with readiness and completion, blocking or not.
class Session {
 public:
  virtual ~Session() = default;

  // Gets `input`, all bytes received and not yet consumed, in one piece; returns how many of them
  // it has finished with. Not called while input is paused or output waits to be sent. The rest
  // comes again together with what has arrived since. By returning less, a session waits for more,
  // or (after Channel::pause_input) for its own answer, or (after Channel::yield) for its next
  // turn.
  virtual std::size_t on_input(std::string_view input, Channel& channel) = 0;

  // The peer will send nothing more (FIN); the session decides what the peer still gets.
  virtual void on_end_of_input(Channel& channel) = 0;

  // The kernel has all queued output: a streamed answer may go on.
  virtual void on_drained(Channel& channel) = 0;

  // The deadline of the current phase has passed: the session may write last words, and then the
  // connection is closed.
  virtual void on_timeout(Channel& channel) = 0;

  // The connection is closed, or was handed to another session (Channel::become); this session is
  // given back to its service right afterwards.
  virtual void on_close() = 0;

  [[nodiscard]] virtual Phase phase() const = 0;
};

// The logic unit: creates the sessions of one executor's connections, and lends them what they need
// (Channel::service). One instance per executor, so its state needs no lock; the code that creates
// the services decides what they share.
class Service {
 public:
  virtual ~Service() = default;

  // Returns a session for a connection that has sent its first bytes, or null at the service's
  // limit: then the connection is closed without a reply. `close` takes the session back, perhaps
  // called on another executor's instance of the same kind.
  virtual Session* open() = 0;
  virtual void close(Session& session) = 0;

  // Returns the filter between the session of a new connection and its bytes; null: none. Called
  // before `open`.
  virtual std::unique_ptr<StreamFilter> make_filter() { return nullptr; }

  // Whether this service moves bytes itself: a connection then gets a carrier as soon as it is
  // accepted, even before its client has sent anything, and no session. Only for loops that don't
  // block, and not behind proxies that send a header of their own.
  [[nodiscard]] virtual bool carries() const noexcept { return false; }
  // Starts to carry an accepted, non-blocking socket on the thread of `loop`, which outlives the
  // carrier. Null: it can't, and the connection is closed.
  [[nodiscard]] virtual std::unique_ptr<Carrier> carry(Fd /*conn_fd*/, EventLoop& /*loop*/,
                                                       Carrier::Ended /*ended*/) {
    return nullptr;
  }

  // The bytes that tell a client that the server is full ("503 …"); may be empty.
  [[nodiscard]] virtual std::string_view refusal() const = 0;

  // Any thread: from now on, every answer is the last one on its connection.
  virtual void drain() = 0;

  // A set of services behind one server is a Service too: returns the number, from 1, of the one
  // that serves a new connection. 0: this service itself. See: ServiceSet.
  [[nodiscard]] virtual std::uint8_t number_for(int /*conn_fd*/) const { return 0; }
  // Returns the service with that number, which every executor's set has.
  [[nodiscard]] virtual Service& numbered(std::uint8_t /*number*/) { return *this; }
};

}  // namespace hpserver
