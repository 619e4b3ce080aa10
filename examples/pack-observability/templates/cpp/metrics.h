#pragma once

#include "hpserver/protocol/http/request.h"
#include "hpserver/protocol/http/response.h"

namespace observability {

// Numbers of this process, as Prometheus reads them (text format 0.0.4).
void metrics(hpserver::http::Request& request, hpserver::http::Response& response);

}  // namespace observability
