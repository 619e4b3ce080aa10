#pragma once

#include <cstdint>

#include "hpserver/base/token.h"

namespace hpserver::http {

// Identifies one exchange (a request and its answer): the connection, and a number that the service
// gives to no other exchange. Code that answers later keeps this instead of a pointer.
struct ExchangeId {
  Token connection;
  std::uint64_t sequence = 0;

  friend bool operator==(const ExchangeId&, const ExchangeId&) = default;
};

}  // namespace hpserver::http
