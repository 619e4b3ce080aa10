#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "hpserver/event/meter.h"
#include "hpserver/metrics/ledger.h"

namespace hpserver {

// A meter that counts in a ledger. For its executor's thread, except `count`; for several threads
// if connections move between them.
class LedgerMeter final : public Meter {
 public:
  // The ledger must outlive it.
  LedgerMeter(Ledger& ledger, Writers writers) noexcept : ledger_(ledger), writers_(writers) {}

  using Meter::count;
  void count(Event event, std::uint64_t number) noexcept override;
  void enter(State state) noexcept override;
  void change(State from, State to) noexcept override;
  void leave(State state) noexcept override;
  void moved(std::uint64_t received_bytes, std::uint64_t sent_bytes) noexcept override;
  void ended(const MeteredExchange& exchange) noexcept override;
  void took(std::size_t bytes) noexcept override;
  void gave_back(std::size_t bytes) noexcept override;
  void queued() noexcept override;
  void dequeued(std::chrono::nanoseconds waited) noexcept override;

  // The executor starts: nothing is open, even if its predecessor was killed.
  void begin() noexcept;
  // Does the same, whichever thread has written there.
  void close_all() noexcept;

 private:
  [[nodiscard]] Histogram& durations_of(const MeteredExchange& exchange) noexcept;
  [[nodiscard]] bool claim(LedgerRow& row, std::uint32_t key) const noexcept;

  Ledger& ledger_;
  const Writers writers_;
};

}  // namespace hpserver
