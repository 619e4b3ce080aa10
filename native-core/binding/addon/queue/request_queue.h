#pragma once

#include <memory>

#include "addon/queue/work_queue.h"
#include "hpserver/base/clock.h"
#include "hpserver/protocol/http/responder.h"

namespace hpserver::binding {

class QueuedRequest;

// A request that waits for a JavaScript thread. Whoever holds the responder owes the answer: if it
// is dropped, the client gets a 500.
struct QueueEntry {
  std::shared_ptr<QueuedRequest> request;
  http::Responder responder;
  Deadline since;  // where somebody counts, or it may be shed
  bool may_be_shed = false;
};

// Of requests; one that finds no place is answered 503.
using RequestQueue = WorkQueue<QueueEntry>;

}  // namespace hpserver::binding
