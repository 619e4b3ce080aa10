#include "hpserver/metrics/ledger_meter.h"

namespace hpserver {

namespace {

constexpr std::uint64_t kOneLess = ~std::uint64_t{0};

// The search for a row stops after this many tries, so it never takes long.
constexpr std::size_t kMaxTries = 16;

// Route, method and status in one word, which is never zero: a status has three digits, and there
// are fewer than 32 methods.
std::uint32_t key_of(const MeteredExchange& exchange) noexcept {
  constexpr std::uint32_t kUsed = std::uint32_t{1} << 31U;
  return kUsed | std::uint32_t{exchange.route_number} << 15U |
         (std::uint32_t{exchange.method_number} & 0x1fU) << 10U | (exchange.status & 0x3ffU);
}

// Knuth's multiplicative hash: its upper bits are the well-mixed ones.
std::size_t place_of(std::uint32_t key) noexcept {
  static_assert(Ledger::kRows == 256);
  return (key * 2'654'435'769U) >> 24U;
}

}  // namespace

void LedgerMeter::count(Event event, std::uint64_t number) noexcept {
  raise(ledger_.events[static_cast<std::size_t>(event)], number, Writers::many);
}

void LedgerMeter::enter(State state) noexcept {
  raise(ledger_.connections[static_cast<std::size_t>(state)], 1, writers_);
}

void LedgerMeter::leave(State state) noexcept {
  raise(ledger_.connections[static_cast<std::size_t>(state)], kOneLess, writers_);
}

void LedgerMeter::change(State from, State to) noexcept {
  leave(from);
  enter(to);
}

void LedgerMeter::moved(std::uint64_t received_bytes, std::uint64_t sent_bytes) noexcept {
  raise(ledger_.received_bytes, received_bytes, writers_);
  raise(ledger_.sent_bytes, sent_bytes, writers_);
}

void LedgerMeter::ended(const MeteredExchange& exchange) noexcept {
  durations_of(exchange).add(exchange.duration, writers_);
}

Histogram& LedgerMeter::durations_of(const MeteredExchange& exchange) noexcept {
  const std::uint32_t key = key_of(exchange);
  const std::size_t first = place_of(key);
  for (std::size_t tries = 0; tries < kMaxTries; ++tries) {
    LedgerRow& row = ledger_.rows[(first + tries) % Ledger::kRows];
    const std::uint32_t present = row.key.load(std::memory_order_relaxed);
    if (present != key && (present != 0 || !claim(row, key))) continue;
    if (!row.route.is_whole.load(std::memory_order_relaxed)) {
      row.method.write(exchange.method);
      row.route.write(exchange.route);
    }
    return row.durations;
  }
  return ledger_.other;
}

// Returns false if another thread has just claimed the row for something else.
bool LedgerMeter::claim(LedgerRow& row, std::uint32_t key) const noexcept {
  std::uint32_t present = 0;
  return row.key.compare_exchange_strong(present, key, std::memory_order_relaxed) || present == key;
}

void LedgerMeter::took(std::size_t bytes) noexcept {
  raise(ledger_.pooled_bytes, bytes, writers_);
}

void LedgerMeter::gave_back(std::size_t bytes) noexcept {
  raise(ledger_.pooled_bytes, ~std::uint64_t{bytes} + 1, writers_);
}

void LedgerMeter::queued() noexcept {
  raise(ledger_.queued_count, 1, writers_);
}

void LedgerMeter::dequeued(std::chrono::nanoseconds waited) noexcept {
  raise(ledger_.dequeued_count, 1, writers_);
  ledger_.queue_waits.add(waited, writers_);
}

void LedgerMeter::begin() noexcept {
  ledger_.is_used.store(true, std::memory_order_relaxed);
  if (writers_ == Writers::one) close_all();
}

void LedgerMeter::close_all() noexcept {
  for (auto& open : ledger_.connections) open.store(0, std::memory_order_relaxed);
  ledger_.pooled_bytes.store(0, std::memory_order_relaxed);
}

}  // namespace hpserver
