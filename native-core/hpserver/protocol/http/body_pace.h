#pragma once

#include <chrono>
#include <cstdint>

#include "hpserver/base/clock.h"

namespace hpserver::http {

// How long we have waited for a body's sender, counting only the time in which nothing else held
// the body up.
class BodyPace {
 public:
  // Notes whether the body now waits for its sender.
  void note_wait(bool waits, Deadline now) noexcept {
    waits_ = waits;
    since_ = now;
  }
  // Input has arrived.
  void note_arrival(Deadline now) noexcept {
    if (waits_) waited_ += now - since_;
    waits_ = false;
  }
  // Whether `bytes` took longer than `grace` plus the time that they need at `rate`, in bytes per
  // second. Never if `rate` is 0.
  [[nodiscard]] bool is_below(std::uint64_t rate, std::chrono::milliseconds grace,
                              std::uint64_t bytes) const noexcept {
    const std::chrono::duration<double> beyond = waited_ - grace;
    return rate != 0 && static_cast<double>(bytes) < beyond.count() * static_cast<double>(rate);
  }

 private:
  Deadline since_;
  Clock::duration waited_{};
  bool waits_ = false;
};

}  // namespace hpserver::http
