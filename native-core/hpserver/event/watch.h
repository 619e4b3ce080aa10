#pragma once

#include "hpserver/base/result.h"
#include "hpserver/base/token.h"
#include "hpserver/event/event_handler.h"
#include "hpserver/event/event_loop.h"

namespace hpserver {

// A handler's registration with a loop, and the level-triggered interest in one descriptor. Removes
// both when destroyed. For the loop's thread; loop and handler must outlive it.
class Watch {
 public:
  Watch(EventLoop& loop, EventHandler& handler) : loop_(loop), token_(loop.attach(handler)) {}
  ~Watch() {
    stop();
    loop_.detach(token_);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // Reports the events of `interest` on `fd`, which the caller keeps open until `stop`. Repeating
  // the same interest costs nothing. No interest removes the descriptor from the loop: otherwise
  // its hang-up, which can't be masked, would be reported again and again. Errors: those of
  // EventLoop::watch.
  Result<void> want(int fd, Interest interest) {
    if (fd_ == fd && interest == interest_) return {};
    if (fd_ != fd || interest == Interest{}) stop();
    if (interest == Interest{}) return {};
    const auto done = fd_ == -1 ? loop_.watch(fd, token_, interest, Trigger::level)
                                : loop_.modify(fd, token_, interest, Trigger::level);
    if (!done) return done;
    fd_ = fd;
    interest_ = interest;
    return {};
  }

  // Call it before closing the descriptor.
  void stop() {
    if (fd_ != -1) loop_.unwatch(fd_);
    fd_ = -1;
    interest_ = {};
  }

  // Calls the handler in the next turn, with no ready bit. See: EventLoop::defer.
  void defer() { loop_.defer(token_); }

  // Drops the descriptor without telling the loop: for a forked child, whose loop is a copy that
  // shares the parent's kernel table.
  void abandon() noexcept {
    fd_ = -1;
    interest_ = {};
  }

 private:
  EventLoop& loop_;
  const Token token_;
  int fd_ = -1;
  Interest interest_;
};

}  // namespace hpserver
