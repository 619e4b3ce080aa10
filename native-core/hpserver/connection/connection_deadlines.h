#pragma once

#include <chrono>
#include <cstdint>

namespace hpserver {

enum class HalfClose : std::uint8_t { serve, abort };

// How long a connection may take for what; what happens then stands beside it.
struct ConnectionDeadlines {
  std::chrono::milliseconds handshake_timeout{10'000};  // of a filter: closed
  std::chrono::milliseconds header_timeout{10'000};     // the session's last words, then closed
  std::chrono::milliseconds body_timeout{30'000};       // likewise, without progress for so long
  std::chrono::milliseconds idle_timeout{60'000};       // closed
  std::chrono::milliseconds write_timeout{30'000};      // aborted, without progress for so long
  std::chrono::milliseconds linger_timeout{2'000};      // closed
  // The session's last words, then closed; zero: a handler may take for ever.
  std::chrono::milliseconds handler_timeout{30'000};
  // What becomes of a client that has closed its side (FIN) while a handler works for it: it is
  // served, since it may still read, or taken for gone, within a second.
  HalfClose half_close = HalfClose::serve;
};

}  // namespace hpserver
