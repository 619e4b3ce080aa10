#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/base/clock.h"

namespace hpserver::http {

class Request;
class Response;

// One finished exchange, as views that are valid during the call.
struct AccessEntry {
  std::string_view peer;    // "127.0.0.1:4711"
  std::string_view method;  // "-" if the request couldn't be read
  std::string_view target;
  std::string_view protocol{};  // "HTTP/1.1"; empty if the request couldn't be read
  std::uint16_t status = 0;     // 0: the client disconnected before there was an answer
  std::uint64_t body_bytes = 0;
  std::chrono::microseconds duration{0};  // from the complete head to the end of the answer
  std::string_view referer{};             // as the client wrote it; empty without one
  std::string_view agent{};               // also as the client wrote it
  std::string_view route{};               // its pattern, "/users/:id"; empty if none matches
  std::string_view request_id{};          // empty without one
  std::string_view trace_parent{};        // empty without one; see TraceParent
};

// Receives finished exchanges. Called on the loop's thread, between two requests, so it must not
// block: it queues them. Its creator decides whether loops share it.
class AccessLog {
 public:
  virtual ~AccessLog() = default;
  virtual void on_exchange(const AccessEntry& entry) = 0;
};

// What an entry needs that may be unavailable by the end of its exchange: the client's address, and
// the time when it began. One per session.
class AccessNote {
 public:
  // Looks up the peer while it is connected, once per connection.
  void begin(const Request& request);
  // `request`: null if it couldn't be read.
  void end(AccessLog& log, const Request* request, const Response& response) const;
  // The next request may come from another connection.
  void forget_peer() noexcept { peer_.clear(); }

 private:
  std::string peer_;
  Deadline began_;
};

}  // namespace hpserver::http
