#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "hpserver/protocol/http/exchange_id.h"

namespace hpserver {
class EventLoop;
}

namespace hpserver::http {

class HttpService;
class Request;
class Response;

// Reaches one loop's service from any thread. Outlives both: then it leads nowhere.
class LoopLink : public std::enable_shared_from_this<LoopLink> {
 public:
  LoopLink(EventLoop& loop, HttpService& service) : loop_(&loop), service_(&service) {}

  // Any thread: calls HttpService::resume, soon, on the loop's thread.
  void run(ExchangeId id, std::function<void(Request&, Response&)> step);

  // The service is being destroyed. On the loop's thread.
  void cut();

 private:
  std::mutex mutex_;  // held while posting, so the loop can't end meanwhile
  EventLoop* loop_;
  HttpService* service_;  // for the loop's thread
};

}  // namespace hpserver::http
