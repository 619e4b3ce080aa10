#pragma once

#include <functional>
#include <utility>

#include "hpserver/base/error.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/notices.h"
#include "hpserver/event/timer.h"
#include "hpserver/socket/spare_descriptor.h"

namespace hpserver {

// The most connections taken from a backlog when its listener closes: a flood must not hold up the
// drain.
inline constexpr int kMaxAcceptedAtClose = 65'536;
// How long accepting pauses when descriptors or memory have run out.
inline constexpr std::chrono::milliseconds kAcceptPause{100};

// For the log: a client could not be accepted.
inline void note_exhausted(EventLoop& loop, const Error& error) {
  loop.notices().note(Notices::Kind::exhausted,
                      {"a client could not be accepted: ", error.message()});
}

// What a loop's acceptor does when descriptors or memory have run out: closes one client instead of
// leaving it hanging, then accepts no one for a while, so the loop doesn't spin. For the loop's
// thread; the loop must outlive it.
class AcceptRelief {
 public:
  // `resume` is called when the pause is over, to accept again.
  AcceptRelief(EventLoop& loop, SpareDescriptor spare, std::function<void()> resume)
      : loop_(loop), spare_(std::move(spare)), timer_([this, resume = std::move(resume)] {
          spare_.refill();
          resume();
        }) {}

  // Closes one client of `listen_fd`, and pauses.
  void shed_one(int listen_fd) {
    spare_.shed_one(listen_fd);
    pause();
  }
  // Nothing can be accepted at present.
  void pause() { loop_.schedule(timer_, loop_.now() + kAcceptPause); }
  [[nodiscard]] bool pauses() const noexcept { return timer_.scheduled(); }
  // `resume` isn't called any more.
  void stop() noexcept { timer_.unlink(); }

 private:
  EventLoop& loop_;
  SpareDescriptor spare_;
  Timer timer_;
};

}  // namespace hpserver
