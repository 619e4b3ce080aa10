#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"

namespace hpserver {

// The format of log servers over UDP: `<30>1 2026-11-30T08:11:52.123456Z host my-server 4711 - -
// text`. Text is cut off at kMaxTextBytes. See: RFC 5424 section 6, RFC 5426.
class RemoteSyslog final : public LogProtocol {
 public:
  // Fits into rsyslog's 8 KiB together with the header.
  static constexpr std::size_t kMaxTextBytes = std::size_t{7} * 1024;

  // Looks up this host's name.
  explicit RemoteSyslog(const LogSource& source);

  void append(std::string& datagram, const LogRecord& record) override;
  // Returns EMSGSIZE: there is no other way.
  LogSocket::Outcome send_long(LogSocket& socket, std::string_view datagram) override;

 private:
  LogSource source_;
  std::string host_;
  std::time_t second_ = 0;
  std::string stamp_;  // of that second
};

}  // namespace hpserver
