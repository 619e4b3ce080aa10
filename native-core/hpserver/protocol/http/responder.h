#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hpserver/protocol/http/exchange_id.h"

namespace hpserver::http {

class LoopLink;
class Request;
class Response;

// The right to answer one request later, from any thread. Copies share it; if the last one is
// destroyed without an answer, the client gets a 500. If the connection or its server is closed by
// then, nothing happens.
class Responder {
 public:
  // `number` counts the exchange's Responders, from 1.
  Responder(std::shared_ptr<LoopLink> link, ExchangeId id, std::uint32_t number);

  // Any thread: answers with copies of the arguments. A `status` of 204 or 304 has no body.
  void send(std::uint16_t status, std::string_view content_type, std::string body) const;

  // Any thread: runs `step` with the exchange on its loop's thread, unless it is over by then: for
  // answers with fields, files or streams. Steps run in the order given.
  void run(std::function<void(Request&, Response&)> step) const;

 private:
  class Ticket;

  // Shared on purpose: destroying the last copy gives up the answer.
  std::shared_ptr<Ticket> ticket_;
};

}  // namespace hpserver::http
