#include "hpserver/metrics/metrics.h"

#include <chrono>
#include <new>
#include <utility>

#include "hpserver/log/lost_lines.h"

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
  const auto bytes = memory->bytes();
  return std::shared_ptr<Metrics>(new Metrics(std::move(*memory), bytes, options));
}

std::shared_ptr<Metrics> Metrics::in(std::span<std::byte> memory, const MetricsOptions& options) {
  return std::shared_ptr<Metrics>(new Metrics({}, memory, options));
}

std::size_t Metrics::size_for(const MetricsOptions& options) noexcept {
  return sizeof(Head) + options.executors * sizeof(Ledger);
}

// The parts start as zeroed memory, so pages that are never written are never allocated.
Metrics::Metrics(SharedMemory own, std::span<std::byte> memory, const MetricsOptions& options)
    : own_(std::move(own)), memory_(memory) {
  std::byte* const first = memory_.data() + sizeof(Head);
  ledgers_ = {std::launder(reinterpret_cast<Ledger*>(first)), options.executors};
  meters_.reserve(ledgers_.size());
  for (Ledger& ledger : ledgers_) meters_.emplace_back(ledger, options.writers);
  // The first of all processes sets the start time.
  std::int64_t unknown = 0;
  head().start_time.compare_exchange_strong(unknown, seconds_since_1970());
}

Metrics::Head& Metrics::head() const noexcept {
  return *std::launder(reinterpret_cast<Head*>(memory_.data()));
}

Meter& Metrics::of_executor(std::size_t number) noexcept {
  LedgerMeter& meter = meters_[number % meters_.size()];
  meter.begin();
  return meter;
}

void Metrics::close_all_of(std::size_t number) noexcept {
  meters_[number % meters_.size()].close_all();
}

void count_lost_lines(std::shared_ptr<Meters> meters) {
  Meter& meter = meters->of_executor(0);
  count_lost_lines_by([meters = std::move(meters), &meter](std::uint64_t line_count) {
    meter.count(Meter::Event::log_line_lost, line_count);
  });
}

}  // namespace hpserver
