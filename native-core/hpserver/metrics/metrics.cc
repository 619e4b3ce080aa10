#include "hpserver/metrics/metrics.h"

#include <chrono>
#include <new>
#include <utility>

namespace hpserver {

namespace {

std::int64_t seconds_since_1970() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

Result<std::shared_ptr<Metrics>> Metrics::create(const MetricsOptions& options) {
  auto memory = SharedMemory::create(size_for(options));
  if (!memory) return memory.error();
  auto metrics = in(std::move(*memory), options);
  metrics->head().start_time.store(seconds_since_1970());
  return metrics;
}

std::shared_ptr<Metrics> Metrics::in(SharedMemory memory, const MetricsOptions& options) {
  return std::shared_ptr<Metrics>(new Metrics(std::move(memory), options));
}

std::size_t Metrics::size_for(const MetricsOptions& options) noexcept {
  return sizeof(Head) + options.executors * sizeof(Ledger);
}

// Zeroed memory is what its parts begin as: pages that nobody writes to are never taken.
Metrics::Metrics(SharedMemory memory, const MetricsOptions& options) : memory_(std::move(memory)) {
  std::byte* const first = memory_.bytes().data() + sizeof(Head);
  ledgers_ = {std::launder(reinterpret_cast<Ledger*>(first)), options.executors};
  meters_.reserve(ledgers_.size());
  for (Ledger& ledger : ledgers_) meters_.emplace_back(ledger, options.writers);
}

Metrics::Head& Metrics::head() const noexcept {
  return *std::launder(reinterpret_cast<Head*>(memory_.bytes().data()));
}

Meter& Metrics::of_executor(std::size_t number) noexcept {
  LedgerMeter& meter = meters_[number % meters_.size()];
  meter.begin();
  return meter;
}

}  // namespace hpserver
