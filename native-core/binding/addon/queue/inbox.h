#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "addon/exchange/js_calls.h"
#include "addon/uv/uv_wake.h"

namespace hpserver::binding {

// An event of an exchange that a JavaScript thread has taken from the queue.
struct Notice {
  double exchange;  // its number there
  ExchangeEvent event;
};

// Delivers notices from any thread to one JavaScript thread. Shared with all senders, so it may
// outlive that thread; notices are then dropped. At most a few notices per exchange wait in it:
// each kind is sent again only after it was received.
class Inbox {
 public:
  // The JavaScript thread; `wake` must exist until `close`.
  explicit Inbox(UvWake& wake) : wake_(&wake) {}

  // Any thread.
  void post(Notice notice);
  void wake();

  // The JavaScript thread: takes what has arrived, in order.
  void take(std::vector<Notice>& notices);
  // The JavaScript thread ends: from now on nothing is delivered.
  void close();

 private:
  std::mutex mutex_;
  UvWake* wake_;
  std::vector<Notice> notices_;
};

}  // namespace hpserver::binding
