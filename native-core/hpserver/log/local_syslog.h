#pragma once

#include <ctime>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"

namespace hpserver {

// The format of /dev/log: `<30>Nov 30 08:11:52 my-server[4711]: text`, in local time, with neither
// the host's name nor a line break; journald and rsyslog's imuxsock misread other formats. Text is
// cut off at kMaxTextBytes. See: RFC 3164 section 4.1; syslog(3).
class LocalSyslog final : public LogProtocol {
 public:
  // Fits into rsyslog's 8 KiB together with the header.
  static constexpr std::size_t kMaxTextBytes = std::size_t{7} * 1024;

  explicit LocalSyslog(LogSource source) : source_(std::move(source)) {}

  void append(std::string& datagram, const LogRecord& record) override;
  // Returns EMSGSIZE: there is no other way.
  LogSocket::Outcome send_long(LogSocket& socket, std::string_view datagram) override;

 private:
  LogSource source_;
  std::time_t second_ = 0;
  std::string stamp_;  // of that second
};

}  // namespace hpserver
