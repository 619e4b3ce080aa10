#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/base/result.h"
#include "hpserver/net/connection_set.h"
#include "hpserver/net/listen.h"
#include "hpserver/poller/poller.h"
#include "hpserver/service/service.h"

namespace hpserver {

// The two parts of a server that its author chooses; each is called once per loop, before the loop
// runs, on the thread that creates the server. A main thread that serves nobody has a poller too.
struct ServerParts {
  std::function<Result<std::unique_ptr<Poller>>()> make_poller;  // make_poller<EpollPoller>
  std::function<std::unique_ptr<Service>()> make_service;
};

struct ServerOptions {
  ListenOptions listen_options;
  ConnectionLimits limits;
  Trigger trigger = Trigger::edge;
  // Loops that serve connections; more than cores only adds context switches.
  std::size_t workers = 1;
  // What is still under way so long after a drain began is cut off.
  std::chrono::milliseconds drain_timeout{10'000};
};

// What the log should say before serving: options that this machine doesn't honour as they stand.
// Reads /proc.
[[nodiscard]] std::vector<std::string> warnings_of(const ServerOptions& options);

}  // namespace hpserver
