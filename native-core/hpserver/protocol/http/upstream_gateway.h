#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/event/reactor.h"
#include "hpserver/link/upstream_pool.h"
#include "hpserver/socket/address.h"

namespace hpserver::http {

struct UpstreamGatewayOptions {
  Address address;
  // The Host field; empty: the address.
  std::string host = {};
  UpstreamOptions pool = {};
  // How long the upstream server may be silent while we wait for it.
  std::chrono::milliseconds response_timeout{30'000};
};

// A GET, or a HEAD.
struct UpstreamRequest {
  std::string target = "/";
  bool head_only = false;
};

// A part of an answer.
struct UpstreamPiece {
  struct Head {
    std::uint16_t status = 200;
    std::optional<std::uint64_t> content_length;
    // Without the fields that belong to the connection.
    std::vector<std::pair<std::string, std::string>> fields;
  };

  std::optional<Head> head;  // with the first piece
  std::string body;
  bool last = false;
  // If not 0, the answer has failed, and this is its last piece: 502 (connection refused, or an
  // invalid answer), 503 (too many callers wait), 504 (timed out).
  std::uint16_t failure = 0;
};

// Sends requests to an upstream server for all threads of a process: one thread with one loop and
// one pool of connections. It has its own loop, since not every loop can watch a socket (a blocking
// one sleeps in its own), and a handler may run on a worker without a loop.
// If a kept connection turns out to be closed, the request is repeated once.
class UpstreamGateway {
 public:
  // Identifies one exchange.
  using Number = std::uint64_t;
  // Called on the gateway's thread. Unless the piece is the last, the next one is read only once
  // `go_on` is called, so the receiver sets the pace.
  using Listener = std::function<void(Number, UpstreamPiece)>;

  // Starts the thread, so call it after the process has forked. Errors: those of Reactor::create
  // and of start_thread.
  static Result<std::shared_ptr<UpstreamGateway>> create(UpstreamGatewayOptions options);
  // Drops pending exchanges without calling their listeners, and joins the thread. If a listener
  // releases the last reference, this happens after the listener has returned.
  ~UpstreamGateway();
  UpstreamGateway(const UpstreamGateway&) = delete;
  UpstreamGateway& operator=(const UpstreamGateway&) = delete;

  // Any thread; never blocks. Begins at most as many exchanges as the pool has connections and
  // waiters; a further one gets a single piece, with failure 503.
  Number begin(UpstreamRequest request, Listener listener);
  void go_on(Number number);
  void cancel(Number number);

 private:
  class UpstreamExchange;

  UpstreamGateway(UpstreamGatewayOptions options, std::unique_ptr<Reactor> loop);
  Result<void> start();
  static void dispose(UpstreamGateway* gateway);
  void with(Number number, void (UpstreamExchange::*step)());
  void end(Number number);
  [[nodiscard]] std::string render(const UpstreamRequest& request) const;

  const UpstreamGatewayOptions options_;
  std::unique_ptr<Reactor> loop_;
  std::atomic<Number> next_number_{1};
  // Used only on the gateway's thread.
  std::unique_ptr<UpstreamPool> pool_;
  std::array<char, std::size_t{64} * 1024> buffer_;
  std::unordered_map<Number, std::unique_ptr<UpstreamExchange>> exchanges_;
  bool orphaned_ = false;
  std::thread thread_;
};

}  // namespace hpserver::http
