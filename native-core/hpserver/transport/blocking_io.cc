#include "hpserver/transport/blocking_io.h"

#include <memory>
#include <utility>

#include "hpserver/transport/blocking_transport.h"

namespace hpserver {

Result<IoUnit> make_blocking() {
  return make_blocking_with({});
}

Result<IoUnit> make_blocking_with(const BlockingLoop::Options& options) {
  auto loop = BlockingLoop::create(options);
  if (!loop) return loop.error();
  auto transport = std::make_unique<BlockingTransport>(**loop);
  return IoUnit(std::move(*loop), std::move(transport));
}

}  // namespace hpserver
