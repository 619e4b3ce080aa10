#pragma once

#include <memory>
#include <mutex>

#include "hpserver/protocol/http/handler.h"
#include "hpserver/protocol/http/upstream_gateway.h"

namespace hpserver::http {

// Answers a GET with what another server answers to it: piece by piece, no faster than the client
// reads. On a route that ends with "*", that part of the path and the query are what is asked for;
// else "/". 502 where the upstream server refuses or is not understood, 503 where too many wait for
// it, 504 where it takes too long. Right in every model: all it does on the caller's thread is to
// post. See: Router, UpstreamGateway.
class UpstreamHandler final : public Handler {
 public:
  explicit UpstreamHandler(UpstreamGatewayOptions options) : options_(std::move(options)) {}

  void on_request(Request& request, Response& response) override;

 private:
  [[nodiscard]] std::shared_ptr<UpstreamGateway> gateway();

  const UpstreamGatewayOptions options_;
  std::mutex mutex_;
  // Started by the first request: a process that forks workers has no thread then. Shared on
  // purpose, see UpstreamGateway::create.
  std::shared_ptr<UpstreamGateway> gateway_;
};

}  // namespace hpserver::http
