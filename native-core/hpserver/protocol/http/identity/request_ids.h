#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hpserver/protocol/http/identity/request_namer.h"

namespace hpserver::http {

// Uses the id that a client (most likely a proxy) has given its request as `X-Request-Id`, if it is
// sane, or else creates one: 32 hexadecimal digits. The first 16 are random and unique to this
// executor, across processes and machines; the last 16 are a counter. Keeps a valid `traceparent`.
class RequestIds final : public RequestNamer {
 public:
  static constexpr std::size_t kMaxBytes = 128;

  // One system call here, none per request. See: getrandom(2).
  RequestIds();

  void name(const Request& request, RequestName& name) override;

  // Letters, digits, and ".", "_", "-", "+", "/", "=", ":", "@", "~": characters that are harmless
  // in a log, on a terminal and in a query.
  [[nodiscard]] static bool is_sane(std::string_view id) noexcept;

 private:
  const std::uint64_t prefix_;
  std::uint64_t count_ = 0;
};

}  // namespace hpserver::http
