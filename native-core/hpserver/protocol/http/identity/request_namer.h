#pragma once

#include <string>

namespace hpserver::http {

class Request;

// Identifies a request in the logs of every server involved.
struct RequestName {
  std::string id;            // letters, digits and a few signs: for a field, a log and a file name
  std::string trace_parent;  // of W3C Trace Context, as sent by the client; empty: none
};

// Names requests. One per service; on its executor's thread.
class RequestNamer {
 public:
  virtual ~RequestNamer() = default;

  // `request` may be one that couldn't be read. Overwrites `name`, reusing its memory.
  virtual void name(const Request& request, RequestName& name) = 0;
};

}  // namespace hpserver::http
