#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hpserver {

// An exchange that is over: a request and its answer. Views are valid during the call.
struct MeteredExchange {
  // The pattern of the route ("/users/:id"), never the path, which clients choose; empty: none.
  std::string_view route;
  // Of the route, within its server: the same in all executors.
  std::uint16_t route_number = kNoRoute;
  std::string_view method;  // "GET"; empty where the request couldn't be read
  std::uint8_t method_number = 0;
  std::uint16_t status = 0;  // 0: the client went before there was an answer
  std::chrono::nanoseconds duration{0};

  static constexpr std::uint16_t kNoRoute = 0xffff;
};

// What one executor tells of its work, for whoever watches the server. Nothing here allocates,
// blocks or fails. An executor without one counts nothing.
class Meter {
 public:
  // What happens now and then. Each is one counter of the server.
  enum class Event : std::uint8_t {
    connection_accepted,
    connection_refused,  // all places are taken
    request_refused,     // the queue is full
    address_refused,     // it has too many connections already
    proxy_refused,       // a header of the PROXY protocol that is none, or from a stranger
    request_shed,        // the server is late with what it has
    memory_refused,      // no room for what a connection would have to keep
    accept_paused,       // out of descriptors or memory
    exception_caught,    // of code that isn't the core's
    handler_overdue,     // answered 503 at its deadline
    worker_restarted,    // a process that has died was replaced
    log_line_lost,       // its reader is too slow
  };
  static constexpr std::size_t kEvents = 12;

  // What a connection waits for; in the order of Phase.
  enum class State : std::uint8_t { handshake, idle, head, body, respond, stream, write, linger };
  static constexpr std::size_t kStates = 8;

  virtual ~Meter() = default;

  // Any thread.
  virtual void count(Event event, std::uint64_t number) noexcept = 0;
  void count(Event event) noexcept { count(event, 1); }

  // The executor's own thread. A connection of its has begun, goes on to wait for something else,
  // or has ended.
  virtual void enter(State state) noexcept = 0;
  virtual void change(State from, State to) noexcept = 0;
  virtual void leave(State state) noexcept = 0;
  // Bytes that its connections have moved.
  virtual void moved(std::uint64_t received_bytes, std::uint64_t sent_bytes) noexcept = 0;
  virtual void ended(const MeteredExchange& exchange) noexcept = 0;
  // Memory of the pools that its connections have taken, and given back.
  virtual void took(std::size_t bytes) noexcept = 0;
  virtual void gave_back(std::size_t bytes) noexcept = 0;
  // A connection was put into the request queue; and taken out of it, after so long.
  virtual void queued() noexcept = 0;
  virtual void dequeued(std::chrono::nanoseconds waited) noexcept = 0;
};

// Nothing where nobody counts.
inline void count(Meter* meter, Meter::Event event) noexcept {
  if (meter != nullptr) meter->count(event);
}

// The meters of a server.
class Meters {
 public:
  virtual ~Meters() = default;

  // That of the executor with this number, which is the only one that has it. Outlives it.
  virtual Meter& of_executor(std::size_t number) noexcept = 0;
  // A signal has told the server to end: from now on it isn't ready for new clients.
  virtual void note_end() noexcept = 0;

  // Where executors are other programs' processes, which share memory: the bytes that so many of
  // them need, zeros at first and on a line of the cache; and their use, in each of them before the
  // first meter is asked for.
  [[nodiscard]] virtual std::size_t bytes_for(std::size_t /*processes*/) const { return 0; }
  virtual void prepare_in(std::span<std::byte> /*memory*/, std::size_t /*processes*/) {}
  // This process is the one with this index.
  virtual void count_as(std::size_t /*process*/) noexcept {}
  // The process with this index is gone, and has nothing open any more.
  virtual void forget(std::size_t /*process*/) noexcept {}
};

}  // namespace hpserver
