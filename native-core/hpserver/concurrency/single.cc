#include "hpserver/concurrency/single.h"

#include <utility>

#include "hpserver/base/trace.h"

namespace hpserver {

Result<std::unique_ptr<Single>> Single::create(const ServerParts& parts,
                                               const ServerOptions& options) {
  std::unique_ptr<Single> server(new Single(options));
  const auto opened = server->open(parts, options);
  if (!opened) return opened.error();
  return server;
}

Result<void> Single::run(const SignalHub& signals) {
  trace_as("loop");
  return run_loop(signals);
}

}  // namespace hpserver
