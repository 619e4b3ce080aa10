#pragma once

#include <functional>
#include <utility>

#include "hpserver/base/error.h"
#include "hpserver/event/event_loop.h"
#include "hpserver/event/notices.h"
#include "hpserver/event/timer.h"
#include "hpserver/socket/spare_descriptor.h"

namespace hpserver {

// Taken at most from a backlog when its listener closes: a flood must not hold up the drain.
inline constexpr int kMaxAcceptedAtClose = 65'536;
// How long accepting pauses when descriptors or memory have run out.
inline constexpr std::chrono::milliseconds kAcceptPause{100};

// For the log: a client could not be accepted.
inline void note_exhausted(EventLoop& loop, const Error& error) {
  loop.notices().note(Notices::Kind::exhausted,
                      {"a client could not be accepted: ", error.message()});
}

// What an acceptor of a loop does when descriptors or memory have run out: one client is closed
// instead of left hanging, then nobody is accepted for a while, so that the loop doesn't spin. For
// the loop's thread; the loop outlives it.
class AcceptRelief {
 public:
  // `resume` accepts again. It is called when the pause is over.
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
  // Nothing can be accepted at all just now.
  void pause() { loop_.schedule(timer_, loop_.now() + kAcceptPause); }
  [[nodiscard]] bool pauses() const noexcept { return timer_.scheduled(); }
  // No `resume` any more.
  void stop() noexcept { timer_.unlink(); }

 private:
  EventLoop& loop_;
  SpareDescriptor spare_;
  Timer timer_;
};

}  // namespace hpserver
