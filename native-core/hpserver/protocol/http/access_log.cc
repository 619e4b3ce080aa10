#include "hpserver/protocol/http/access_log.h"

#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"

namespace hpserver::http {

void AccessNote::begin(const Request& request) {
  began_ = Clock::now();
  if (!peer_.empty()) return;
  const auto address = request.peer();
  if (address.ok()) {
    address->append_to(peer_);
  } else {
    peer_ = "-";
  }
}

void AccessNote::end(AccessLog& log, const Request* request, const Response& response) const {
  using std::chrono::microseconds;
  AccessEntry entry{.peer = peer_,
                    .method = "-",
                    .target = "-",
                    .status = response.status(),
                    .body_bytes = response.body_bytes(),
                    .duration = std::chrono::duration_cast<microseconds>(Clock::now() - began_)};
  if (request != nullptr) {
    entry.method = request->method_name();
    entry.target = request->target();
    entry.protocol = request->version_minor() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    entry.referer = request->header("referer");
    entry.agent = request->header(HeaderId::user_agent);
    entry.route = request->pattern();
    entry.request_id = request->id();
    entry.trace_parent = request->trace_parent();
  }
  log.on_exchange(entry);
}

}  // namespace hpserver::http
