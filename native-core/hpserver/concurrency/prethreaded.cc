#include "hpserver/concurrency/prethreaded.h"

namespace hpserver {

Result<std::unique_ptr<Prethreaded>> Prethreaded::create(const ServerParts& parts,
                                                         const ServerOptions& options) {
  std::unique_ptr<Prethreaded> server(new Prethreaded(options));
  const auto opened = server->open(parts, options);
  if (!opened) return opened.error();
  return server;
}

}  // namespace hpserver
