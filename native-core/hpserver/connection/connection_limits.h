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

// The stated limits of one loop's connections; what happens at each of them stands beside it.
struct ConnectionLimits {
  ConnectionDeadlines deadlines = {};
  // Where the deadlines may change: each connection takes the latest when it is accepted and
  // whenever it idles. Null: they stay as they are.
  std::shared_ptr<const SharedValue<ConnectionDeadlines>> changes = nullptr;
  // Of all loops that share a budget; further ones are answered `Service::refusal` and closed.
  std::size_t max_connections = 10'000;
  // What a stream may write though its client doesn't read; its connection is closed beyond.
  std::uint64_t max_unsent_bytes = 64 * 1024 * 1024;
  // Of all connections that share it; null: no limit. See: MemoryBudget.
  std::shared_ptr<MemoryBudget> memory_budget = nullptr;
  // Makes what decides whether work has waited too long: one for each loop, or for the queue that a
  // crew takes from. Empty: nothing has.
  std::function<std::shared_ptr<LoadShedder>()> make_shedder = {};
  // Of each client, by its address; further ones are refused like those beyond `max_connections`.
  // Null: no limit. Shared by all loops of a server.
  std::shared_ptr<PeerLimit> peer_limit = nullptr;
  // Whom proxies speak for; null: for nobody. Shared by all loops of a server.
  std::shared_ptr<PeerSource> peer_source = nullptr;
  std::uint32_t read_budget_bytes = 64 * 1024;     // per turn; the rest is read next turn
  std::uint32_t write_budget_bytes = 1024 * 1024;  // per turn; the rest is sent next turn

  // Names handlers that keep their thread beyond their deadline, which may change.
  [[nodiscard]] std::shared_ptr<CallWatch> watch_calls() const {
    if (changes == nullptr) return std::make_shared<CallWatch>(deadlines.handler_timeout);
    return std::make_shared<CallWatch>(
        [latest = Latest(deadlines, changes)]() mutable { return latest.get()->handler_timeout; });
  }

  // What of them each executor keeps to.
  [[nodiscard]] OutputLimits output() const {
    return {.max_unsent_bytes = max_unsent_bytes, .budget = memory_budget};
  }
};

}  // namespace hpserver
