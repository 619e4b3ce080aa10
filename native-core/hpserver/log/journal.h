#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"

namespace hpserver {

// journald's own protocol: `KEY=value` lines; a value with line breaks is sent as the key, its
// length in 64 bits and its bytes. A record that is too long for a datagram is sent as a sealed
// memfd. See: https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
class Journal final : public LogProtocol {
 public:
  static constexpr std::size_t kMaxTextBytes = std::size_t{1024} * 1024;

  explicit Journal(LogSource source) : source_(std::move(source)) {}

  void append(std::string& datagram, const LogRecord& record) override;
  LogSocket::Outcome send_long(LogSocket& socket, std::string_view datagram) override;

 private:
  LogSource source_;
  std::string text_;
};

}  // namespace hpserver
