#include "hpserver/protocol/http/meter_note.h"

#include <cstdint>

#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"
#include "hpserver/protocol/http/router.h"

namespace hpserver::http {

// Counts by route and known method. Clients choose paths and may invent methods, so there would be
// no limit to the number of counters for those.
void MeterNote::count(const Request* request, const Response& response) const noexcept {
  MeteredExchange ended;
  ended.method = "_OTHER";
  if (request != nullptr && request->method() != Method::other) {
    ended.method = request->method_name();
    ended.method_number = static_cast<std::uint8_t>(request->method());
  }
  if (request != nullptr && request->route_ != nullptr) {
    ended.route = request->route_->pattern;
    ended.route_number = request->route_->number;
  }
  ended.status = response.status();
  ended.duration = Clock::now() - began_;
  meter_->ended(ended);
}

}  // namespace hpserver::http
