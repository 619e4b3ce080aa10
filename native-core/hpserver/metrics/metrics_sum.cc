#include "hpserver/metrics/metrics_sum.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>
#include <utility>

namespace hpserver {

namespace {

using RowName = std::tuple<std::string, std::string, std::uint16_t>;
using RowSums = std::map<RowName, HistogramSum>;

std::uint64_t value_of(const std::atomic<std::uint64_t>& counter) noexcept {
  return counter.load(std::memory_order_relaxed);
}

// One executor may count an increase and another one the decrease, and their counters aren't read
// at the same moment.
std::uint64_t not_below_zero(std::uint64_t difference) noexcept {
  return difference > UINT64_MAX / 2 ? 0 : difference;
}

std::uint64_t add_rows(const Ledger& ledger, RowSums& rows) {
  std::uint64_t count = 0;
  for (const LedgerRow& row : ledger.rows) {
    const std::uint32_t key = row.key.load(std::memory_order_relaxed);
    if (key == 0 || !row.route.is_whole.load(std::memory_order_acquire)) continue;
    std::array<char, LedgerText::kBytes> route{};
    std::array<char, LedgerText::kBytes> method{};
    HistogramSum& sum = rows[RowName(row.route.read(route), row.method.read(method), key & 0x3ffU)];
    const std::uint64_t before = sum.count();
    sum.add(row.durations);
    count += sum.count() - before;
  }
  return count;
}

void add(ExecutorSum& sum, const ExecutorSum& other) {
  for (std::size_t state = 0; state < sum.connections.size(); ++state) {
    sum.connections[state] += other.connections[state];
  }
  sum.received_bytes += other.received_bytes;
  sum.sent_bytes += other.sent_bytes;
  sum.pooled_bytes += other.pooled_bytes;
  sum.request_count += other.request_count;
}

}  // namespace

std::uint64_t ExecutorSum::open_count() const noexcept {
  std::uint64_t count = 0;
  for (const std::uint64_t one : connections) count += one;
  return count;
}

MetricsSum MetricsSum::of(const Metrics& metrics) {
  MetricsSum sum;
  RowSums rows;
  for (std::size_t number = 0; number < metrics.ledgers().size(); ++number) {
    const Ledger& ledger = metrics.ledgers()[number];
    if (!ledger.is_used.load(std::memory_order_relaxed)) continue;
    ExecutorSum executor{.number = number};
    for (std::size_t state = 0; state < executor.connections.size(); ++state) {
      executor.connections[state] = value_of(ledger.connections[state]);
    }
    executor.received_bytes = value_of(ledger.received_bytes);
    executor.sent_bytes = value_of(ledger.sent_bytes);
    executor.pooled_bytes = value_of(ledger.pooled_bytes);
    HistogramSum others;
    others.add(ledger.other);
    executor.request_count = add_rows(ledger, rows) + others.count();
    sum.other.add(ledger.other);
    add(sum.all, executor);
    sum.executors.push_back(executor);
    // The dequeued count first: the queued count, read later, can't be smaller.
    sum.queue_depth -= value_of(ledger.dequeued_count);
    sum.queue_depth += value_of(ledger.queued_count);
    sum.has_queue = sum.has_queue || value_of(ledger.queued_count) > 0;
    sum.queue_waits.add(ledger.queue_waits);
    for (std::size_t event = 0; event < sum.events.size(); ++event) {
      sum.events[event] += value_of(ledger.events[event]);
    }
  }
  sum.queue_depth = not_below_zero(sum.queue_depth);
  for (auto& executor : sum.executors) {
    for (auto& open : executor.connections) open = not_below_zero(open);
    executor.pooled_bytes = not_below_zero(executor.pooled_bytes);
  }
  sum.all.pooled_bytes = not_below_zero(sum.all.pooled_bytes);
  for (auto& open : sum.all.connections) open = not_below_zero(open);
  for (auto& [name, durations] : rows) {
    const auto& [route, method, status] = name;
    sum.exchanges.push_back({route, method, status, durations});
  }
  return sum;
}

}  // namespace hpserver
