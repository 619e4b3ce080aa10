#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hpserver/connection/service.h"
#include "hpserver/metrics/metrics.h"
#include "hpserver/protocol/admin/server_facts.h"

namespace hpserver::admin {

// How an administrator changes the level of the server's log: `set` gets one of `words`.
struct LogLevelControl {
  std::vector<std::string> words;
  // Called on the thread that answers administrators.
  std::function<void(const std::string& word)> set;
};

// Answers administrators and their tools: /healthz, /readyz, /metrics (Prometheus), /status (a page
// for people) and /status.json. They can change only one thing: PUT /log-level, whose body is one
// word. Any other method gets 405. Reads memory shared by all processes of the server, so it never
// waits for any of them.
[[nodiscard]] std::unique_ptr<Service> make_admin_service(std::shared_ptr<const Metrics> metrics,
                                                          ServerFacts facts,
                                                          LogLevelControl log_level);

}  // namespace hpserver::admin
