#include "hpserver/concurrency/half_sync_half_reactive.h"

#include <utility>

#include "hpserver/base/trace.h"

namespace hpserver {

Result<std::unique_ptr<HalfSyncHalfReactive>> HalfSyncHalfReactive::create(
    const ServerParts& parts, const ServerOptions& options) {
  std::unique_ptr<HalfSyncHalfReactive> server(new HalfSyncHalfReactive(options));
  const auto opened = server->open(parts, options, options.loop_duties);
  if (!opened) return opened.error();
  server->crew_ = std::make_unique<ThreadCrew>(server->loop(), parts, options);
  server->loop().connections().hand_out_to(*server->crew_);
  return server;
}

Result<void> HalfSyncHalfReactive::run(const SignalHub& signals) {
  trace_as("main");
  const auto started = crew_->start();
  if (!started) return started;
  return run_loop(signals);
}

}  // namespace hpserver
