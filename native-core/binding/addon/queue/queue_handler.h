#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "addon/queue/queued_request.h"
#include "hpserver/protocol/http/handler.h"

namespace hpserver::binding {

// The handler of a route implemented on JavaScript threads: queues the request. Shared by all
// native threads; the queue must outlive it.
class QueueHandler final : public http::Handler {
 public:
  QueueHandler(RequestQueue& queue, std::uint32_t route, std::vector<std::string> param_names)
      : queue_(queue), route_(route), param_names_(std::move(param_names)) {}

  void on_request(http::Request& request, http::Response& response) override {
    std::make_shared<QueuedRequest>(queue_, route_, RequestSnapshot(request, param_names_))
        ->begin(request, response);
  }

 private:
  RequestQueue& queue_;
  const std::uint32_t route_;
  const std::vector<std::string> param_names_;
};

}  // namespace hpserver::binding
