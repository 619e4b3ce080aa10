#include "addon/admin/process_meters.h"

#include <new>
#include <utility>

namespace hpserver::binding {

namespace {

// For a single process, and for one of several processes. Unused ledgers take no memory.
constexpr std::size_t kLedgers = 64;
constexpr std::size_t kLedgersOfChild = 8;

MetricsOptions options_for(std::size_t ledgers) {
  return {.executors = ledgers, .writers = Writers::many};
}

}  // namespace

ProcessMeters::ProcessMeters() : count_(kLedgers) {}

const std::shared_ptr<ProcessMeters>& ProcessMeters::instance() {
  static const auto* const instance =
      new std::shared_ptr<ProcessMeters>(std::make_shared<ProcessMeters>());
  return *instance;
}

std::shared_ptr<Metrics> ProcessMeters::metrics() {
  const std::lock_guard lock(mutex_);
  if (metrics_ == nullptr) {
    auto made = Metrics::create(options_for(kLedgers));
    if (!made) throw std::bad_alloc();
    metrics_ = std::move(*made);
  }
  return metrics_;
}

Meter& ProcessMeters::of_executor(std::size_t /*number*/) noexcept {
  const std::size_t turn = next_.fetch_add(1, std::memory_order_relaxed);
  return metrics()->of_executor(first_ + turn % count_);
}

void ProcessMeters::count(Meter::Event event, std::uint64_t number) noexcept {
  metrics()->of_executor(first_).count(event, number);
}

std::size_t ProcessMeters::bytes_for(std::size_t processes) const {
  return Metrics::size_for(options_for(processes * kLedgersOfChild));
}

void ProcessMeters::prepare_in(std::span<std::byte> memory, std::size_t processes) {
  const std::lock_guard lock(mutex_);
  metrics_ = Metrics::in(memory, options_for(processes * kLedgersOfChild));
  count_ = kLedgersOfChild;
}

void ProcessMeters::count_as(std::size_t process) noexcept {
  first_ = process * kLedgersOfChild;
}

void ProcessMeters::forget(std::size_t process) noexcept {
  for (std::size_t ledger = 0; ledger < kLedgersOfChild; ++ledger) {
    metrics()->close_all_of(process * kLedgersOfChild + ledger);
  }
}

}  // namespace hpserver::binding
