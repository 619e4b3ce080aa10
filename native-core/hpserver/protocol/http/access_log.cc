#include "hpserver/protocol/http/access_log.h"

#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::http {

void AccessNote::begin(const Request& request) {
  began_ = Clock::now();
  if (!peer_.empty()) return;
  const auto address = request.peer();
  peer_ = address.ok() ? address->to_string() : "-";
}

void AccessNote::end(AccessLog& log, const Request* request, const Response& response) const {
  using std::chrono::microseconds;
  log.on_exchange({.peer = peer_,
                   .method = request == nullptr ? "-" : request->method_name(),
                   .target = request == nullptr ? "-" : request->target(),
                   .status = response.status(),
                   .body_bytes = response.body_bytes(),
                   .duration = std::chrono::duration_cast<microseconds>(Clock::now() - began_)});
}

}  // namespace hpserver::http
