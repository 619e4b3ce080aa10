#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "hpserver/base/clock.h"
#include "hpserver/connection/buffer_pool.h"
#include "hpserver/connection/memory_budget.h"
#include "hpserver/connection/overload/load_shedder.h"
#include "hpserver/connection/segment.h"
#include "hpserver/connection/service.h"
#include "hpserver/event/call_watch.h"

namespace hpserver {

inline constexpr std::size_t kReceiveBytes = kLargeBlockBytes;
inline constexpr std::size_t kCorkBytes = std::size_t{64} * 1024;

class Connection;
class Meter;
class OutputQueue;

// Gathers the answers of one batch so they leave in one send. It belongs to one queue at a time;
// meanwhile, other queues append to their own blocks.
struct Cork {
  std::unique_ptr<std::array<char, kCorkBytes>> bytes =
      std::make_unique<std::array<char, kCorkBytes>>();
  std::size_t used_bytes = 0;
  // The bytes before this are already a segment of the owner's list; the others follow the list.
  std::size_t sealed_bytes = 0;
  const OutputQueue* owner = nullptr;

  [[nodiscard]] char* end() noexcept { return bytes->data() + used_bytes; }
  [[nodiscard]] const char* trailing() const noexcept { return bytes->data() + sealed_bytes; }
  [[nodiscard]] std::size_t trailing_bytes() const noexcept { return used_bytes - sealed_bytes; }
  [[nodiscard]] std::size_t room_bytes() const noexcept { return kCorkBytes - used_bytes; }
};

// The steps of a connection that an executor does itself; other executors do the remaining ones.
struct Duties {
  bool read = true;
  bool process = true;
  bool write = true;

  [[nodiscard]] bool all() const noexcept { return read && process && write; }
};

// How much output a stream may have waiting for its client, and the budget for all of them.
struct OutputLimits {
  std::uint64_t max_unsent_bytes = std::uint64_t{64} * 1024 * 1024;
  std::shared_ptr<MemoryBudget> budget = nullptr;  // of all executors; null: no limit
};

// What an executor (a loop, a worker thread) lends to the connection that it is working on: the
// receive buffer, the buffer that gathers answers, and its logic unit. Connections keep only
// leftovers, so an idle one holds no buffer at all. One executor, one workspace; a connection
// leaves nothing in it when the executor turns to the next.
struct Workspace {
  // Pool and service must outlive the workspace.
  Workspace(BufferPool& pool, Service& logic, Duties steps = {}, OutputLimits output = {})
      : duties(steps), service(logic), output_limits(std::move(output)), buffers(pool) {}

  const Duties duties;
  Service& service;
  const OutputLimits output_limits;
  // When the current piece of work began: the clock is read only once for it.
  Deadline now = Clock::now();

  std::unique_ptr<std::array<char, kReceiveBytes>> receive =
      std::make_unique<std::array<char, kReceiveBytes>>();
  Cork cork;
  // Scratch space for a filter that seals or opens; null until a filter first needs it.
  std::unique_ptr<std::array<char, kLargeBlockBytes>> transit;
  // Receives a broken connection's last words.
  std::unique_ptr<std::array<char, kBlockBytes>> discarded =
      std::make_unique<std::array<char, kBlockBytes>>();
  // The connection being worked on. Meanwhile, another connection may be given output, but not be
  // read from.
  const Connection* working = nullptr;

  // The session that takes over this connection once the current one returns.
  std::unique_ptr<Session> successor;

  // Whether this executor's work may still begin; null: always.
  std::shared_ptr<LoadShedder> shedder;
  // The current piece of work has waited too long to be begun.
  bool is_late = false;

  // Which of the logic unit's calls is in progress; see CallWatch.
  CallMark mark;

  // Counts what the executor does; null: no counting.
  Meter* meter = nullptr;

  // The pool that holds leftovers.
  BufferPool& buffers;
  std::vector<std::unique_ptr<SegmentList>> spare_lists;

  [[nodiscard]] std::span<char> transit_room() {
    if (transit == nullptr) transit = std::make_unique<std::array<char, kLargeBlockBytes>>();
    return *transit;
  }
};

}  // namespace hpserver
