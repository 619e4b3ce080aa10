#pragma once

#include <string>

namespace hpserver::http {

class Request;

// By what a request is found in the logs of all who had to do with it.
struct RequestName {
  std::string id;            // letters, digits and a few signs: for a field, a log and a file name
  std::string trace_parent;  // of W3C Trace Context, as the client has sent it; empty: none
};

// Names requests. One per service: for its executor.
class RequestNamer {
 public:
  virtual ~RequestNamer() = default;

  // `request` may be one that couldn't be read. Overwrites `name`, whose memory is used again.
  virtual void name(const Request& request, RequestName& name) = 0;
};

}  // namespace hpserver::http
