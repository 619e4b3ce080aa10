#pragma once

#include <chrono>
#include <cstdint>

#include "hpserver/protocol/http/request_parser.h"

namespace hpserver::http {

// What a client may send. At each limit the request is answered as it says, and its connection
// closed.
struct HttpLimits {
  // Heads: 431, or 414 for the request line; further ones in ParseLimits.
  ParseLimits parse;
  // 413 beyond, where a route has no limit of its own. A streamed body that turns out to be longer
  // is aborted.
  std::uint64_t max_body_bytes = 8 * 1024 * 1024;
  // 408 for a body that comes more slowly, in bytes per second (0: as slowly as it likes), once its
  // client was waited for longer than the grace: a byte now and then outlives every time-out.
  std::uint64_t min_body_rate = 240;
  std::chrono::milliseconds body_grace{30'000};
  // What is left of a body that nobody wanted is read and dropped up to this; beyond, the
  // connection is closed after the answer.
  std::uint64_t max_discard_bytes = 64 * 1024;
};

}  // namespace hpserver::http
