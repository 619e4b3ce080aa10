#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "addon/exchange/js_calls.h"
#include "addon/uv/uv_wake.h"

namespace hpserver::binding {

// What became of an exchange that a JavaScript thread has taken from the queue.
struct Notice {
  double exchange;  // its number there
  ExchangeEvent event;
};

// The way to one JavaScript thread from all others: shared with everyone who has something to tell,
// so that it may outlive that thread; then it leads nowhere. At most a few notices per exchange
// wait in it: each kind is told again only after it was heard.
class Inbox {
 public:
  // The JavaScript thread; `wake` outlives `close`.
  explicit Inbox(UvWake& wake) : wake_(&wake) {}

  // Any thread.
  void post(Notice notice);
  void wake();

  // The JavaScript thread: takes what has come, in its order.
  void take(std::vector<Notice>& notices);
  // The JavaScript thread ends: nothing is delivered from here on.
  void close();

 private:
  std::mutex mutex_;
  UvWake* wake_;
  std::vector<Notice> notices_;
};

}  // namespace hpserver::binding
