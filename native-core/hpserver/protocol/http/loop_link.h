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

// The way from any thread to one loop's service. Outlives both: then it leads nowhere.
class LoopLink : public std::enable_shared_from_this<LoopLink> {
 public:
  LoopLink(EventLoop& loop, HttpService& service) : loop_(&loop), service_(&service) {}

  // Any thread: HttpService::resume on the loop's thread, soon.
  void run(ExchangeId id, std::function<void(Request&, Response&)> step);

  // The service ends. On the loop's thread.
  void cut();

 private:
  std::mutex mutex_;  // held while posting: the loop can't end meanwhile
  EventLoop* loop_;
  HttpService* service_;  // for the loop's thread
};

}  // namespace hpserver::http
