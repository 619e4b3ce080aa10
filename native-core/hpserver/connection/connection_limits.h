#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "hpserver/connection/connection_deadlines.h"
#include "hpserver/connection/memory_budget.h"
#include "hpserver/connection/overload/load_shedder.h"
#include "hpserver/connection/peer/peer_limit.h"
#include "hpserver/connection/peer/peer_source.h"
#include "hpserver/connection/workspace.h"
#include "hpserver/event/call_watch.h"
#include "hpserver/os/shared_value.h"

namespace hpserver {

// The limits of one loop's connections, and what happens at each.
struct ConnectionLimits {
  ConnectionDeadlines deadlines = {};
  // If the deadlines may change: each connection takes the latest when it is accepted and whenever
  // it is idle. Null: they are fixed.
  std::shared_ptr<const SharedValue<ConnectionDeadlines>> changes = nullptr;
  // For all loops that share a budget; further connections are sent `Service::refusal` and closed.
  std::size_t max_connections = 10'000;
  // How much a stream may write while its client doesn't read; beyond that its connection is
  // closed.
  std::uint64_t max_unsent_bytes = 64 * 1024 * 1024;
  // For all connections that share it; null: no limit. See: MemoryBudget.
  std::shared_ptr<MemoryBudget> memory_budget = nullptr;
  // Creates the object that decides whether work has waited too long: one for each loop, or for a
  // crew's queue. Empty: work never counts as having waited too long.
  std::function<std::shared_ptr<LoadShedder>()> make_shedder = {};
  // The limit for each client, by its address; further connections are refused like those beyond
  // `max_connections`. Null: no limit. Shared by all loops of a server.
  std::shared_ptr<PeerLimit> peer_limit = nullptr;
  // The clients that proxies speak for; null: there are no proxies. Shared by all loops of a
  // server.
  std::shared_ptr<PeerSource> peer_source = nullptr;
  std::uint32_t read_budget_bytes = 64 * 1024;     // per turn; the rest is read next turn
  std::uint32_t write_budget_bytes = 1024 * 1024;  // per turn; the rest is sent next turn

  // Reports handlers that block their thread beyond the handler deadline, which may change.
  [[nodiscard]] std::shared_ptr<CallWatch> watch_calls() const {
    if (changes == nullptr) return std::make_shared<CallWatch>(deadlines.handler_timeout);
    return std::make_shared<CallWatch>(
        [latest = Latest(deadlines, changes)]() mutable { return latest.get()->handler_timeout; });
  }

  // The part that each executor applies.
  [[nodiscard]] OutputLimits output() const {
    return {.max_unsent_bytes = max_unsent_bytes, .budget = memory_budget};
  }
};

}  // namespace hpserver
