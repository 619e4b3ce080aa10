#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/os/shared_value.h"
#include "hpserver/protocol/http/access_log.h"
#include "hpserver/protocol/http/exchange_id.h"
#include "hpserver/protocol/http/http_limits.h"
#include "hpserver/protocol/http/identity/request_namer.h"
#include "hpserver/protocol/http/message/date.h"
#include "hpserver/protocol/http/request_parser.h"
#include "hpserver/protocol/http/router.h"
#include "hpserver/protocol/http/session.h"
#include "hpserver/protocol/http/static_files.h"

namespace hpserver {
class ConnectionSet;
}

namespace hpserver::http {

class LoopLink;

struct HttpOptions {
  HttpLimits limits;
  // For limits that may change: each session begins with the latest. Null: the limits are fixed.
  std::shared_ptr<const SharedValue<HttpLimits>> changes = nullptr;
  // Answers requests that no route matches; null: 404.
  std::unique_ptr<StaticFiles> files;
  // Null: off, and costs nothing. Must outlive the service.
  AccessLog* access_log = nullptr;
  // Names each request; null: they have no names.
  std::unique_ptr<RequestNamer> namer;
  // Paths answered even if the server is overloaded: those of health checks.
  std::vector<std::string> never_shed = {};
  // Called for each connection; null: no filter.
  std::function<std::unique_ptr<StreamFilter>()> make_filter;
};

struct HttpCounters {
  std::uint64_t requests = 0;        // exchanges begun
  std::uint64_t bad_requests = 0;    // refused by the parser
  std::uint64_t handler_errors = 0;  // answered with 500 because of a handler
  std::uint64_t shed = 0;            // answered with 503, having waited too long
  std::uint64_t overdue = 0;         // answered with 503 at a handler's deadline
};

// The logic unit for HTTP/1.0 and HTTP/1.1: routes requests to handlers and files. One per
// executor, on its thread; all of them share the router. See: RFC 9110, RFC 9112.
class HttpService final : public Service {
 public:
  explicit HttpService(std::shared_ptr<const Router> router, HttpOptions options = {});
  ~HttpService() override;

  Session* open() override;
  void close(Session& session) override;
  [[nodiscard]] std::string_view refusal() const override;
  void drain() override;
  std::unique_ptr<StreamFilter> make_filter() override;

  // The loop's thread: calls `step` with a detached exchange, then continues its connection. False
  // if the exchange is over. From within one of the exchange's own calls, only calls `step`; while
  // another executor works on the connection, calls `step` afterwards.
  bool resume(ExchangeId id, const std::function<void(Request&, Response&)>& step);

  [[nodiscard]] const HttpCounters& counters() const noexcept { return counters_; }

 private:
  friend class HttpSession;
  friend class Request;
  friend class Response;

  // Health checks ask whether the server is alive, not whether it has time.
  [[nodiscard]] bool may_shed(std::string_view path) const noexcept;
  // Returns a number that no other service gives out: sessions move between services.
  [[nodiscard]] std::uint64_t next_sequence() noexcept { return ++sequence_; }
  // The longest allowed body: the route's limit, or else the server's.
  [[nodiscard]] static std::uint64_t max_body_bytes(const Route::Target* target,
                                                    const HttpLimits& limits) noexcept {
    const std::uint64_t own = target == nullptr ? 0 : target->options.max_body_bytes;
    return own != 0 ? own : limits.max_body_bytes;
  }
  // Called while an exchange is being detached: from then on it can be resumed.
  void know(Channel& channel) noexcept;
  const std::shared_ptr<LoopLink>& link();

  std::shared_ptr<const Router> router_;
  HttpOptions options_;
  Latest<HttpLimits> limits_;
  HttpCounters counters_;
  DateCache date_;
  // Finished sessions, which keep their memory, so the next session needn't allocate it again.
  std::vector<std::unique_ptr<HttpSession>> spare_;
  std::uint64_t sequence_;
  std::atomic<bool> draining_{false};
  // Written once, before any exchange of this service can be resumed.
  ConnectionSet* connections_ = nullptr;
  // Shared on purpose: a Responder may outlive its server.
  std::shared_ptr<LoopLink> link_;
};

}  // namespace hpserver::http
