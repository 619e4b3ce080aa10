#pragma once

#include <memory>

#include "addon/queue/work_queue.h"
#include "hpserver/base/clock.h"
#include "hpserver/protocol/http/responder.h"

namespace hpserver::binding {

class QueuedRequest;

// A request that waits for a JavaScript thread. The holder of the responder must answer: if it is
// dropped, the client gets a 500.
struct QueueEntry {
  std::shared_ptr<QueuedRequest> request;
  http::Responder responder;
  Deadline since;  // set if there is a meter or a shedder
  bool may_be_shed = false;
};

// A queue of requests; if it is full, a request is answered 503.
using RequestQueue = WorkQueue<QueueEntry>;

}  // namespace hpserver::binding
