#pragma once

#include <memory>
#include <mutex>

#include "hpserver/protocol/http/handler.h"
#include "hpserver/protocol/http/upstream_gateway.h"

namespace hpserver::http {

// Answers a GET with another server's answer, piece by piece, no faster than the client reads. On a
// route that ends with "*", it requests that part of the path and the query; else "/". 502 if the
// upstream server refuses or its answer is invalid, 503 if too many requests wait for it, 504 on a
// timeout. Works in every model: on the caller's thread it only posts. See: Router,
// UpstreamGateway.
class UpstreamHandler final : public Handler {
 public:
  explicit UpstreamHandler(UpstreamGatewayOptions options) : options_(std::move(options)) {}

  void on_request(Request& request, Response& response) override;

 private:
  [[nodiscard]] std::shared_ptr<UpstreamGateway> gateway();

  const UpstreamGatewayOptions options_;
  std::mutex mutex_;
  // Started by the first request, so a process that forks workers has no thread yet. Shared on
  // purpose, see UpstreamGateway::create.
  std::shared_ptr<UpstreamGateway> gateway_;
};

}  // namespace hpserver::http
