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
  // Ledgers: executors beyond so many share one with another, which wants many writers.
  std::size_t executors = 1;
  // `many` where connections go from thread to thread, or each has an executor of its own.
  Writers writers = Writers::one;
};

// What a server counts, in memory that its processes share: any of them can sum up all. Made before
// the first process or thread is.
class Metrics final : public Meters {
 public:
  // Errors: those of SharedMemory::create.
  static Result<std::shared_ptr<Metrics>> create(const MetricsOptions& options);
  // In memory of `size_for(options)` bytes that another process may use already, with the same
  // options; zeros at first, on a line of the cache. It stays the caller's, and outlives them.
  static std::shared_ptr<Metrics> in(std::span<std::byte> memory, const MetricsOptions& options);
  [[nodiscard]] static std::size_t size_for(const MetricsOptions& options) noexcept;

  Meter& of_executor(std::size_t number) noexcept override;
  void note_end() noexcept override { head().is_ending.store(true); }
  // Of the executor with this number nothing is open any more: its process is gone.
  void close_all_of(std::size_t number) noexcept;

  // Any thread of any process.
  // False once a signal has told the server to end.
  [[nodiscard]] bool is_ready() const noexcept { return !head().is_ending.load(); }
  // When it was made: seconds since 1970.
  [[nodiscard]] std::int64_t start_time() const noexcept { return head().start_time.load(); }
  [[nodiscard]] std::span<const Ledger> ledgers() const noexcept { return ledgers_; }

 private:
  struct alignas(64) Head {
    std::atomic<std::int64_t> start_time{0};
    std::atomic<bool> is_ending{false};
  };

  Metrics(SharedMemory own, std::span<std::byte> memory, const MetricsOptions& options);
  [[nodiscard]] Head& head() const noexcept;

  SharedMemory own_;  // nothing where it is somebody else's
  std::span<std::byte> memory_;
  std::span<Ledger> ledgers_;
  std::vector<LedgerMeter> meters_;
};

// Has the program's logs count here what they lose, from now on. Before any executor runs.
void count_lost_lines(std::shared_ptr<Meters> meters);

}  // namespace hpserver
