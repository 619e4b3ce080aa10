#pragma once

#include <chrono>
#include <cstdint>

namespace hpserver {

enum class HalfClose : std::uint8_t { serve, abort };

// How long each phase of a connection may take, and what happens then.
struct ConnectionDeadlines {
  std::chrono::milliseconds handshake_timeout{10'000};  // of a filter; then close
  std::chrono::milliseconds header_timeout{10'000};     // the session's last words, then close
  std::chrono::milliseconds body_timeout{30'000};       // the same, after no progress for this long
  std::chrono::milliseconds idle_timeout{60'000};       // close
  std::chrono::milliseconds write_timeout{30'000};      // abort, after no progress for this long
  std::chrono::milliseconds linger_timeout{2'000};      // close
  // The session's last words, then close; zero: a handler may take forever.
  std::chrono::milliseconds handler_timeout{30'000};
  // What to do if a client has closed its side (FIN) while a handler works for it: serve it, since
  // it may still read, or treat it as disconnected, within a second.
  HalfClose half_close = HalfClose::serve;
};

}  // namespace hpserver
