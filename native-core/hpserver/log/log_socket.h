#pragma once

#include <sys/socket.h>

#include <chrono>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// A datagram socket to a log server that may not be running yet, may stop and restart, and may
// stall; the caller never waits for it. One thread at a time.
class LogSocket {
 public:
  // After a failed connect, wait this long before trying again: meanwhile a line costs no system
  // call.
  static constexpr std::chrono::milliseconds kRetryPeriod{200};

  // What became of a datagram.
  struct Outcome {
    int code = 0;          // why it was lost, an errno; 0: it was sent
    int earlier_code = 0;  // why an earlier one never arrived; 0: no such error
  };

  // Connects now if the server is running: its path may be out of reach later, for example after
  // chroot(2).
  explicit LogSocket(const Address& address) : address_(address) { connect_now(); }

  // Sends one datagram, connecting first if necessary; never blocks.
  // Codes: EAGAIN (the server's queue is full), ECONNREFUSED, ENOENT (no server), EMSGSIZE. See:
  // unix(7), udp(7).
  Outcome send(std::string_view datagram);
  // Does the same with ancillary data. See: sendmsg(2).
  Outcome send(const msghdr& message);

 private:
  // Returns an errno; 0: connected.
  int connect_now();

  Address address_;
  Fd fd_;
  int refusal_ = 0;
  Deadline tries_again_{};
};

}  // namespace hpserver
