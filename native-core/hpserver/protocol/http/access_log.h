#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/base/clock.h"

namespace hpserver::http {

class Request;
class Response;

// One exchange that is over, as views that are valid during the call.
struct AccessEntry {
  std::string_view peer;    // "127.0.0.1:4711"
  std::string_view method;  // "-" where the request couldn't be read
  std::string_view target;
  std::string_view protocol{};  // "HTTP/1.1"; empty where the request couldn't be read
  std::uint16_t status = 0;     // 0: the client went before there was an answer
  std::uint64_t body_bytes = 0;
  std::chrono::microseconds duration{0};  // from the complete head to the end of the answer
  std::string_view referer{};             // as the client wrote it; empty without one
  std::string_view agent{};               // likewise
  std::string_view route{};               // its pattern, "/users/:id"; empty where none matches
  std::string_view request_id{};          // empty without one
  std::string_view trace_parent{};        // likewise; see TraceParent
};

// Where exchanges are noted. Called on the loop's thread, between two requests: it must not block,
// so it queues. Shared by loops if its maker shares it.
class AccessLog {
 public:
  virtual ~AccessLog() = default;
  virtual void on_exchange(const AccessEntry& entry) = 0;
};

// What an entry needs that may be gone by the end of its exchange: who asked, and when. For one
// session.
class AccessNote {
 public:
  // Asks for the peer while it is there, once per connection.
  void begin(const Request& request);
  // `request`: null where it couldn't be read.
  void end(AccessLog& log, const Request* request, const Response& response) const;
  // The next request may be another connection's.
  void forget_peer() noexcept { peer_.clear(); }

 private:
  std::string peer_;
  Deadline began_;
};

}  // namespace hpserver::http
