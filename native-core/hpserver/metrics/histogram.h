#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hpserver {

// Upper bounds of the buckets, in nanoseconds: from 5 ms to 10 s; slower requests go into one more
// bucket. See: OpenTelemetry's semantic conventions, http.server.request.duration.
inline constexpr std::array<std::uint64_t, 14> kBucketEndsNs = {
    5'000'000,     10'000'000,    25'000'000,    50'000'000,    75'000'000,
    100'000'000,   250'000'000,   500'000'000,   750'000'000,   1'000'000'000,
    2'500'000'000, 5'000'000'000, 7'500'000'000, 10'000'000'000};

// Whether one thread at a time writes the counters, with plain loads and stores, or several do.
enum class Writers : std::uint8_t { one, many };

// Increments a counter. Any thread of any process may read it meanwhile.
inline void raise(std::atomic<std::uint64_t>& counter, std::uint64_t number,
                  Writers writers) noexcept {
  if (writers == Writers::many) {
    counter.fetch_add(number, std::memory_order_relaxed);
  } else {
    counter.store(counter.load(std::memory_order_relaxed) + number, std::memory_order_relaxed);
  }
}

// A histogram of durations: two cache lines; even a duration below 5 ms touches both. Buckets
// aren't cumulative here; the reader adds them up, so none can be smaller than the one before.
struct alignas(64) Histogram {
  std::array<std::atomic<std::uint64_t>, kBucketEndsNs.size() + 1> counts{};
  std::atomic<std::uint64_t> sum_ns{0};

  void add(std::chrono::nanoseconds duration, Writers writers) noexcept {
    const auto ns = duration.count() < 0 ? 0 : static_cast<std::uint64_t>(duration.count());
    std::size_t bucket = 0;
    while (bucket < kBucketEndsNs.size() && ns > kBucketEndsNs[bucket]) ++bucket;
    raise(counts[bucket], 1, writers);
    raise(sum_ns, ns, writers);
  }
};

// A copy of a histogram, or the sum of several.
struct HistogramSum {
  std::array<std::uint64_t, kBucketEndsNs.size() + 1> counts{};
  std::uint64_t sum_ns = 0;

  void add(const Histogram& histogram) noexcept {
    for (std::size_t bucket = 0; bucket < counts.size(); ++bucket) {
      counts[bucket] += histogram.counts[bucket].load(std::memory_order_relaxed);
    }
    sum_ns += histogram.sum_ns.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t count() const noexcept {
    std::uint64_t count = 0;
    for (const std::uint64_t one : counts) count += one;
    return count;
  }
};

}  // namespace hpserver
