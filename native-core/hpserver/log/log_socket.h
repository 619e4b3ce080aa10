#pragma once

#include <sys/socket.h>

#include <chrono>
#include <string_view>

#include "hpserver/base/clock.h"
#include "hpserver/os/fd.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// A datagram socket to a log server that may not be there yet, may end and come back, and may
// stall: none of that holds the caller up. For one thread at a time.
class LogSocket {
 public:
  // So long a server that isn't there is left alone: meanwhile a line costs no system call.
  static constexpr std::chrono::milliseconds kRetryPeriod{200};

  // How a datagram fared.
  struct Outcome {
    int code = 0;          // why it is lost, an errno; 0: it is on its way
    int earlier_code = 0;  // why one that was sent before never arrived; 0: none is known of
  };

  // Connects if the server is there: later its name may be out of reach, as behind chroot(2).
  explicit LogSocket(const Address& address) : address_(address) { connect_now(); }

  // Connects where that is needed, and never blocks.
  // Codes: EAGAIN (the server's queue is full), ECONNREFUSED, ENOENT (nobody listens), EMSGSIZE.
  // See: unix(7), udp(7).
  Outcome send(std::string_view datagram);
  // The same with what only a message carries. See: sendmsg(2).
  Outcome send(const msghdr& message);

 private:
  // An errno; 0: it is connected.
  int connect_now();

  Address address_;
  Fd fd_;
  int refusal_ = 0;
  Deadline tries_again_{};
};

}  // namespace hpserver
