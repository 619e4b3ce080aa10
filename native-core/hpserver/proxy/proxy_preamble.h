#pragma once

#include <cstdint>
#include <string>

#include "hpserver/socket/address.h"

namespace hpserver::proxy {

// Which version of the PROXY protocol tells an upstream about the client.
enum class PreambleVersion : std::uint8_t { none, v1, v2 };

// The two ends of the client's connection.
struct ClientEnds {
  Address client;  // its own end
  Address server;  // ours
};

// Returns the header that precedes the client's bytes; empty for `none`. Ends that aren't both
// IPv4 or both IPv6, such as those of UNIX sockets, are announced as unknown: the upstream then
// uses the connection's own addresses. Allocates. See: ProxyHeader, which reads it, and
// www.haproxy.org/download/2.8/doc/proxy-protocol.txt.
[[nodiscard]] std::string proxy_preamble(PreambleVersion version, const ClientEnds& ends);

}  // namespace hpserver::proxy
