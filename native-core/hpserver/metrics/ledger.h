#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "hpserver/event/meter.h"
#include "hpserver/metrics/histogram.h"

namespace hpserver {

// A short text that several threads may write at once, since all of them write the same one. Longer
// texts are truncated. If a process is killed while writing, the next writer completes it.
struct LedgerText {
  static constexpr std::size_t kBytes = 96;

  std::atomic<bool> is_whole{false};
  std::array<std::atomic<char>, kBytes> bytes{};

  void write(std::string_view text) noexcept;
  // Empty until it is complete.
  [[nodiscard]] std::string_view read(std::array<char, kBytes>& into) const noexcept;
};

// The exchanges of one route, method and status, counted by one executor.
struct alignas(64) LedgerRow {
  std::atomic<std::uint32_t> key{0};  // 0: free
  LedgerText route;
  LedgerText method;
  Histogram durations;
};

// All counters of one executor, on cache lines that no other executor writes; `events`, which
// several threads may write, has its own lines. In memory shared by processes: no pointers, no
// locks, and zeroed memory is an empty ledger.
struct alignas(64) Ledger {
  // Once the table is full, new combinations are counted in `other`: clients must not be able to
  // make it grow.
  static constexpr std::size_t kRows = 256;

  std::array<std::atomic<std::uint64_t>, Meter::kStates> connections{};  // open, by state
  std::atomic<std::uint64_t> received_bytes{0};
  std::atomic<std::uint64_t> sent_bytes{0};
  std::atomic<std::uint64_t> pooled_bytes{0};  // in use
  std::atomic<std::uint64_t> queued_count{0};
  std::atomic<std::uint64_t> dequeued_count{0};
  std::atomic<bool> is_used{false};
  Histogram queue_waits;
  alignas(64) std::array<std::atomic<std::uint64_t>, Meter::kEvents> events{};
  Histogram other;
  std::array<LedgerRow, kRows> rows{};
};

static_assert(std::is_trivially_destructible_v<Ledger> &&
              std::atomic<std::uint64_t>::is_always_lock_free);

}  // namespace hpserver
