#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hpserver/protocol/http/identity/request_namer.h"

namespace hpserver::http {

// Takes the id that a client (a proxy, most likely) has given its request as `X-Request-Id`, where
// it is sane, and else makes one: 32 hexadecimal digits, of which the first 16 are random, and no
// other executor's, in whatever process or machine; the others count. A `traceparent` is kept where
// it is valid.
class RequestIds final : public RequestNamer {
 public:
  static constexpr std::size_t kMaxBytes = 128;

  // A system call; none per request. See: getrandom(2).
  RequestIds();

  void name(const Request& request, RequestName& name) override;

  // Letters, digits, and ".", "_", "-", "+", "/", "=", ":", "@", "~": neither a log nor a terminal,
  // nor whoever puts it into a query, takes these for anything else.
  [[nodiscard]] static bool is_sane(std::string_view id) noexcept;

 private:
  const std::uint64_t prefix_;
  std::uint64_t count_ = 0;
};

}  // namespace hpserver::http
