#pragma once

#include "hpserver/base/clock.h"
#include "hpserver/event/meter.h"

namespace hpserver::http {

class Request;
class Response;

// What is needed to count an exchange: the meter and the start time. For one session.
class MeterNote {
 public:
  // `meter`: null if there is none.
  void begin(Meter* meter, Deadline now) noexcept {
    meter_ = meter;
    began_ = now;
  }
  // `request`: null if it couldn't be read.
  void end(const Request* request, const Response& response) const noexcept {
    if (meter_ != nullptr) count(request, response);
  }

 private:
  void count(const Request* request, const Response& response) const noexcept;

  Meter* meter_ = nullptr;
  Deadline began_;
};

}  // namespace hpserver::http
