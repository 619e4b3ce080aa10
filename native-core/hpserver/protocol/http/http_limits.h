#pragma once

#include <chrono>
#include <cstdint>

#include "hpserver/protocol/http/request_parser.h"

namespace hpserver::http {

// What a client may send. A request beyond a limit gets the stated answer, and its connection is
// closed.
struct HttpLimits {
  // Limits for heads (431, or 414 for the request line), and others; see ParseLimits.
  ParseLimits parse;
  // A longer body gets a 413, unless the route has its own limit; if it is streamed, it is aborted.
  std::uint64_t max_body_bytes = 8 * 1024 * 1024;
  // In bytes per second (0: any pace). A slower body gets a 408 once its client has kept us waiting
  // for longer than the grace. Without this, a client sending a byte now and then would evade every
  // timeout.
  std::uint64_t min_body_rate = 240;
  std::chrono::milliseconds body_grace{30'000};
  // The rest of an unwanted body is read and dropped up to this size; beyond it, the connection is
  // closed after the answer.
  std::uint64_t max_discard_bytes = 64 * 1024;
};

}  // namespace hpserver::http
