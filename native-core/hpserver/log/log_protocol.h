#pragma once

#include <string>
#include <string_view>

#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"

namespace hpserver {

// The datagram format of a log server. One thread at a time.
class LogProtocol {
 public:
  virtual ~LogProtocol() = default;
  virtual void append(std::string& datagram, const LogRecord& record) = 0;
  // Sends a datagram that is too long for the socket in another way, if there is one.
  virtual LogSocket::Outcome send_long(LogSocket& socket, std::string_view datagram) = 0;
};

}  // namespace hpserver
