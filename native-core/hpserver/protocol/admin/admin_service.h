#pragma once

#include <memory>

#include "hpserver/connection/service.h"
#include "hpserver/metrics/metrics.h"
#include "hpserver/protocol/admin/server_facts.h"

namespace hpserver::admin {

// What an administrator and his tools ask a server for, read-only: /healthz, /readyz, /metrics
// (Prometheus), /status (a page for people) and /status.json. Anything but GET and HEAD is answered
// 405. Reads memory that all processes of the server have, so it never waits for any of them.
[[nodiscard]] std::unique_ptr<Service> make_admin_service(std::shared_ptr<const Metrics> metrics,
                                                          ServerFacts facts);

}  // namespace hpserver::admin
