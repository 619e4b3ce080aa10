#include "hpserver/concurrency/process/process_server.h"

#include <utility>

namespace hpserver {

Result<void> ProcessServer::open(const ServerParts& parts, const ServerOptions& options,
                                 WorkerProcesses::Prepare prepare) {
  auto workers = WorkerProcesses::create(parts, options, std::move(prepare));
  if (!workers) return workers.error();
  workers_ = std::move(*workers);
  return {};
}

Result<void> ProcessServer::run(const SignalHub& signals) {
  return workers_->run([this] { begin_drain(); }, signals);
}

Result<void> ProcessServer::accompany(Companion& companion) {
  workers_->abandon_in_workers(companion);
  return companion.run_within(*workers_->main().loop);
}

void ProcessServer::drain() {
  workers_->main().loop->post([this] { begin_drain(); });
}

void ProcessServer::begin_drain() {
  close_listeners();
  workers_->drain();
}

void ProcessServer::end() {
  workers_->end();
}

}  // namespace hpserver
