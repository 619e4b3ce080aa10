#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "hpserver/event/meter.h"
#include "hpserver/metrics/metrics.h"

namespace hpserver::binding {

// The counters of all servers and threads of this process; with child processes, in memory shared
// with them. Executors come and go with JavaScript threads: each gets the next ledger, and some may
// share one.
class ProcessMeters final : public Meters {
 public:
  ProcessMeters();

  // Any thread. Never destroyed: connections are still counted down while the process exits.
  static const std::shared_ptr<ProcessMeters>& instance();

  // Any thread, once the memory exists.
  [[nodiscard]] std::shared_ptr<Metrics> metrics();

  Meter& of_executor(std::size_t number) noexcept override;
  // Any thread: counts an event of this process, whatever the executor.
  void count(Meter::Event event, std::uint64_t number) noexcept;
  void note_end() noexcept override { metrics()->note_end(); }
  [[nodiscard]] std::size_t bytes_for(std::size_t processes) const override;
  void prepare_in(std::span<std::byte> memory, std::size_t processes) override;
  void count_as(std::size_t process) noexcept override;
  void forget(std::size_t process) noexcept override;

 private:
  std::mutex mutex_;
  std::shared_ptr<Metrics> metrics_;
  std::size_t first_ = 0;  // of this process's ledgers
  std::size_t count_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace hpserver::binding
