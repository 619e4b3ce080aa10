#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "hpserver/base/result.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Whom a proxy has accepted, in the words of the PROXY protocol, version 1 or 2: what the first
// bytes of a connection say. See: www.haproxy.org/download/2.8/doc/proxy-protocol.txt.
struct ProxyHeader {
  // No further header is read: ones with more of what is passed on (TLVs) than fits into this.
  static constexpr std::size_t kMaxBytes = std::size_t{16} * 1024;

  // What follows it is the client's.
  std::size_t size_bytes = 0;
  // The client; nothing where the proxy speaks for itself (LOCAL), doesn't know (UNKNOWN), or
  // means no address of TCP: then the connection's own addresses are as good as any.
  std::optional<Address> source;

  // Nothing: so far it is one, and more is to come. Errors: EPROTO (it is none: a lone CR or LF, a
  // field too many or missing, an address that isn't one, a wrong checksum); EMSGSIZE.
  static Result<std::optional<ProxyHeader>> read(std::string_view bytes);

  // Whether these bytes, or what they begin with, are a header, whatever it says.
  static bool begins(std::string_view bytes) noexcept;
};

}  // namespace hpserver
