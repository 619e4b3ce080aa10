#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hpserver/event/meter.h"
#include "hpserver/metrics/histogram.h"
#include "hpserver/metrics/metrics.h"

namespace hpserver {

// The exchanges of one route, method and status, over all executors.
struct ExchangeSum {
  std::string route;
  std::string method;
  std::uint16_t status = 0;
  HistogramSum durations;
};

// The values of one executor.
struct ExecutorSum {
  std::size_t number = 0;
  std::array<std::uint64_t, Meter::kStates> connections{};
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_bytes = 0;
  std::uint64_t pooled_bytes = 0;
  std::uint64_t request_count = 0;

  [[nodiscard]] std::uint64_t open_count() const noexcept;
};

// All counters of a server, summed up over its threads and processes at one moment.
struct MetricsSum {
  // Any thread of any process; allocates.
  static MetricsSum of(const Metrics& metrics);

  std::vector<ExchangeSum> exchanges;  // by route, then method, then status
  HistogramSum other;                  // exchanges without a row in the table
  std::vector<ExecutorSum> executors;  // executors that exist
  ExecutorSum all;
  std::array<std::uint64_t, Meter::kEvents> events{};
  std::uint64_t queue_depth = 0;
  HistogramSum queue_waits;
  bool has_queue = false;

  [[nodiscard]] std::uint64_t count_of(Meter::Event event) const noexcept {
    return events[static_cast<std::size_t>(event)];
  }
};

}  // namespace hpserver
