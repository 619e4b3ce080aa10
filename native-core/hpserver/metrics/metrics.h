#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/event/meter.h"
#include "hpserver/metrics/ledger.h"
#include "hpserver/metrics/ledger_meter.h"
#include "hpserver/os/shared_memory.h"

namespace hpserver {

struct MetricsOptions {
  // The number of ledgers; further executors share them, which needs Writers::many.
  std::size_t executors = 1;
  // `many` if connections move between threads, or if each has an executor of its own.
  Writers writers = Writers::one;
};

// A server's counters, in memory that its processes share: any process can add up the counters of
// all of them. Create it before the first process or thread.
class Metrics final : public Meters {
 public:
  // Errors: those of SharedMemory::create.
  static Result<std::shared_ptr<Metrics>> create(const MetricsOptions& options);
  // Uses memory of `size_for(options)` bytes that another process may use already, with the same
  // options; initially zero, aligned to a cache line. The caller keeps it, and it must outlive the
  // metrics.
  static std::shared_ptr<Metrics> in(std::span<std::byte> memory, const MetricsOptions& options);
  [[nodiscard]] static std::size_t size_for(const MetricsOptions& options) noexcept;

  Meter& of_executor(std::size_t number) noexcept override;
  void note_end() noexcept override { head().is_ending.store(true); }
  // The process of the executor with this number has ended, so it has nothing open any more.
  void close_all_of(std::size_t number) noexcept;

  // Any thread of any process.
  // False once a signal has told the server to stop.
  [[nodiscard]] bool is_ready() const noexcept { return !head().is_ending.load(); }
  // When the metrics were created: seconds since 1970.
  [[nodiscard]] std::int64_t start_time() const noexcept { return head().start_time.load(); }
  [[nodiscard]] std::span<const Ledger> ledgers() const noexcept { return ledgers_; }

 private:
  struct alignas(64) Head {
    std::atomic<std::int64_t> start_time{0};
    std::atomic<bool> is_ending{false};
  };

  Metrics(SharedMemory own, std::span<std::byte> memory, const MetricsOptions& options);
  [[nodiscard]] Head& head() const noexcept;

  SharedMemory own_;  // empty if the caller owns the memory
  std::span<std::byte> memory_;
  std::span<Ledger> ledgers_;
  std::vector<LedgerMeter> meters_;
};

// Counts the lines that the program's logs lose from now on. Call it before any executor runs.
void count_lost_lines(std::shared_ptr<Meters> meters);

}  // namespace hpserver
