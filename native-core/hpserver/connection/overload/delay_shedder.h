#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "hpserver/connection/overload/load_shedder.h"

namespace hpserver {

// Sheds by the time that work has waited, as CoDel does: a burst that goes again is none of its
// business; but where no work at all has waited less than `target` for an `interval`, there is a
// standing queue, which helps nobody. From then on whatever has waited longer than `target` is sent
// away, until nothing has had to for an interval. So who is served has waited for about `target` at
// most, and all that can be done is done. CoDel itself drops at a pace that waits for senders to
// slow down, as TCP does; clients of a server don't.
// See: RFC 8289, sections 3.2 and 4.2; Zhou et al., "Overload Control for Scaling WeChat
// Microservices" (2018), for 20 ms.
class DelayShedder final : public LoadShedder {
 public:
  struct Options {
    std::chrono::nanoseconds target{std::chrono::milliseconds{20}};
    std::chrono::nanoseconds interval{std::chrono::milliseconds{100}};
  };

  DelayShedder() : DelayShedder(Options()) {}
  explicit DelayShedder(const Options& options) : options_(options) {}

  [[nodiscard]] bool keeps_up(std::chrono::nanoseconds waited, Deadline now) noexcept override;

 private:
  void end_interval(std::int64_t now_ns) noexcept;

  const Options options_;
  // Several threads may count one wait into the wrong one of two intervals: no matter.
  std::atomic<std::int64_t> interval_end_ns_{0};
  std::atomic<std::int64_t> least_ns_{INT64_MAX};
  std::atomic<std::int64_t> most_ns_{0};
  std::atomic<bool> overloaded_{false};
};

}  // namespace hpserver
