#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// The client that a proxy has accepted, as the first bytes of a connection name it in the PROXY
// protocol, version 1 or 2. See: www.haproxy.org/download/2.8/doc/proxy-protocol.txt.
struct ProxyHeader {
  // Longer headers, with more extra fields (TLVs) than fit into this, are refused.
  static constexpr std::size_t kMaxBytes = std::size_t{16} * 1024;

  // The header's own size: the bytes after it are the client's.
  std::size_t size_bytes = 0;
  // The client; nothing if the proxy speaks for itself (LOCAL), doesn't know (UNKNOWN), or names
  // something other than a TCP address: then the connection's own address is used.
  std::optional<Address> source;

  // Parses a header; nothing if it is incomplete. Errors: EPROTO (not a header: a lone CR or LF, a
  // field too many or missing, an invalid address, a wrong checksum); EMSGSIZE.
  static Result<std::optional<ProxyHeader>> read(std::string_view bytes);

  // Whether these bytes are, or begin with, a header, whatever it contains.
  static bool begins(std::string_view bytes) noexcept;
};

}  // namespace hpserver
