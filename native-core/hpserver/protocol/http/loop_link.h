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

// Reaches one loop's service from any thread. May outlive both; its calls then do nothing.
class LoopLink : public std::enable_shared_from_this<LoopLink> {
 public:
  LoopLink(EventLoop& loop, HttpService& service) : loop_(&loop), service_(&service) {}

  // Any thread: soon calls HttpService::resume on the loop's thread.
  void run(ExchangeId id, std::function<void(Request&, Response&)> step);

  // Called on the loop's thread when the service is destroyed: further calls do nothing.
  void cut();

 private:
  std::mutex mutex_;  // held while posting, so the loop can't end meanwhile
  EventLoop* loop_;
  HttpService* service_;  // for the loop's thread
};

}  // namespace hpserver::http
