#include "hpserver/protocol/http/loop_link.h"

#include <utility>

#include "hpserver/event/event_loop.h"
#include "hpserver/protocol/http/service.h"

namespace hpserver::http {

void LoopLink::run(ExchangeId id, std::function<void(Request&, Response&)> step) {
  const std::lock_guard lock(mutex_);
  if (loop_ == nullptr) return;
  loop_->post([self = shared_from_this(), id, step = std::move(step)] {
    if (self->service_ != nullptr) (void)self->service_->resume(id, step);
  });
}

void LoopLink::cut() {
  const std::lock_guard lock(mutex_);
  loop_ = nullptr;
  service_ = nullptr;
}

}  // namespace hpserver::http
