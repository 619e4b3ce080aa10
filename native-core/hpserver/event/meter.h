#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hpserver {

// A finished exchange: a request and its answer. Views are valid during the call.
struct MeteredExchange {
  // The route's pattern ("/users/:id"), never the path, which clients choose; empty: none.
  std::string_view route;
  // The route's number within its server: the same in all executors.
  std::uint16_t route_number = kNoRoute;
  std::string_view method;  // "GET"; empty if the request couldn't be read
  std::uint8_t method_number = 0;
  std::uint16_t status = 0;  // 0: the client disconnected before there was an answer
  std::chrono::nanoseconds duration{0};

  static constexpr std::uint16_t kNoRoute = 0xffff;
};

// Receives the counters of one executor, for monitoring. Nothing here allocates, blocks or fails.
// An executor without a meter counts nothing.
class Meter {
 public:
  // Rare events. Each has one counter per server.
  enum class Event : std::uint8_t {
    connection_accepted,
    connection_refused,  // all places are taken
    request_refused,     // the queue is full
    address_refused,     // the address has too many connections already
    proxy_refused,       // no valid PROXY header, or from an untrusted peer
    request_shed,        // the server is overloaded and late
    memory_refused,      // no room for what a connection would have to buffer
    accept_paused,       // out of descriptors or memory
    exception_caught,    // thrown by code that isn't the core's
    handler_overdue,     // answered 503 at its deadline
    worker_restarted,    // a dead process was replaced
    log_line_lost,       // the log's reader is too slow
  };
  static constexpr std::size_t kEvents = 12;

  // What a connection is waiting for, in the same order as Phase.
  enum class State : std::uint8_t { handshake, idle, head, body, respond, stream, write, linger };
  static constexpr std::size_t kStates = 8;

  virtual ~Meter() = default;

  // Any thread.
  virtual void count(Event event, std::uint64_t number) noexcept = 0;
  void count(Event event) noexcept { count(event, 1); }

  // The executor's own thread. A connection has opened, changed its state, or closed.
  virtual void enter(State state) noexcept = 0;
  virtual void change(State from, State to) noexcept = 0;
  virtual void leave(State state) noexcept = 0;
  // Bytes that its connections have moved.
  virtual void moved(std::uint64_t received_bytes, std::uint64_t sent_bytes) noexcept = 0;
  virtual void ended(const MeteredExchange& exchange) noexcept = 0;
  // Pool memory that its connections have acquired and released.
  virtual void took(std::size_t bytes) noexcept = 0;
  virtual void gave_back(std::size_t bytes) noexcept = 0;
  // A connection entered the request queue, or left it after this long.
  virtual void queued() noexcept = 0;
  virtual void dequeued(std::chrono::nanoseconds waited) noexcept = 0;
};

// Does nothing if there is no meter.
inline void count(Meter* meter, Meter::Event event) noexcept {
  if (meter != nullptr) meter->count(event);
}

// The meters of a server.
class Meters {
 public:
  virtual ~Meters() = default;

  // The meter of the executor with this number; no other executor uses it. The Meters must outlive
  // it.
  virtual Meter& of_executor(std::size_t number) noexcept = 0;
  // A signal has told the server to stop: from now on, it isn't ready for new clients.
  virtual void note_end() noexcept = 0;

  // For executors in other programs' processes, which share memory. `bytes_for` returns the size of
  // that memory, which must be zeroed and aligned to a cache line; each process calls `prepare_in`
  // before it asks for its first meter.
  [[nodiscard]] virtual std::size_t bytes_for(std::size_t /*processes*/) const { return 0; }
  virtual void prepare_in(std::span<std::byte> /*memory*/, std::size_t /*processes*/) {}
  // Sets this process's index.
  virtual void count_as(std::size_t /*process*/) noexcept {}
  // The process with this index has ended and has nothing open any more.
  virtual void forget(std::size_t /*process*/) noexcept {}
};

}  // namespace hpserver
