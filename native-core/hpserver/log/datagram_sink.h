#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "hpserver/base/clock.h"
#include "hpserver/log/log_protocol.h"
#include "hpserver/log/log_sink.h"
#include "hpserver/log/log_socket.h"
#include "hpserver/socket/address.h"

namespace hpserver {

// Sends lines to a log server, one datagram each, at once or never. Lost lines are reported by a
// line of their own, before the next line that is sent, at most once a second.
class DatagramSink final : public LogSink {
 public:
  static constexpr std::chrono::seconds kTellingPeriod{1};

  // Connects if the server is running already; it may also start later.
  DatagramSink(const Address& address, std::unique_ptr<LogProtocol> protocol)
      : socket_(address), protocol_(std::move(protocol)) {}

  void write(const LogRecord& record) override;
  [[nodiscard]] std::uint64_t lost_count() const override;

 private:
  enum class Line : std::uint8_t { ordinary, telling };

  bool send(const LogRecord& record, Line line);
  void lose_one();
  void tell_losses(const LogRecord& next);

  mutable std::mutex mutex_;
  LogSocket socket_;
  std::unique_ptr<LogProtocol> protocol_;
  std::string datagram_;
  Line last_sent_ = Line::ordinary;
  std::uint64_t lost_count_ = 0;
  std::uint64_t told_count_ = 0;     // of the lost lines
  std::uint64_t arrived_count_ = 0;  // of those, reported in a line that hasn't failed
  int lost_code_ = 0;                // why the latest one was lost
  Deadline tells_again_{};
};

}  // namespace hpserver
