#pragma once

#include <string>
#include <string_view>

#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"

namespace hpserver {

// What a datagram to a log server looks like. Called by one thread at a time.
class LogProtocol {
 public:
  virtual ~LogProtocol() = default;
  virtual void append(std::string& datagram, const LogRecord& record) = 0;
  // Another way for what is too long for the socket, where there is one.
  virtual LogSocket::Outcome send_long(LogSocket& socket, std::string_view datagram) = 0;
};

}  // namespace hpserver
