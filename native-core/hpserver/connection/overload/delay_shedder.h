#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "hpserver/connection/overload/load_shedder.h"

namespace hpserver {

// Sheds load by waiting time, as CoDel does. It ignores a burst that goes away again; but if all
// work has waited longer than `target` for an `interval`, there is a standing queue, which helps no
// client. From then on, work that has waited longer than `target` is refused, until no work has
// waited that long for a whole interval. So served requests have waited for about `target` at most,
// and capacity is fully used. CoDel itself drops at a pace that lets senders slow down, as TCP
// does; a server's clients don't slow down.
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
  // Threads may count a wait into the wrong one of two intervals, which does no harm.
  std::atomic<std::int64_t> interval_end_ns_{0};
  std::atomic<std::int64_t> least_ns_{INT64_MAX};
  std::atomic<std::int64_t> most_ns_{0};
  std::atomic<bool> overloaded_{false};
};

}  // namespace hpserver
