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

// Lines as datagrams to a log server: one each, sent at once or lost. What was lost is told by a
// line of its own before the next one that goes out, once a second at most.
class DatagramSink final : public LogSink {
 public:
  static constexpr std::chrono::seconds kTellingPeriod{1};

  // Connects if the server is there already; it may come later.
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
  std::uint64_t told_count_ = 0;     // of them
  std::uint64_t arrived_count_ = 0;  // of those, in a line that nothing is heard of
  int lost_code_ = 0;                // why the newest of them is
  Deadline tells_again_{};
};

}  // namespace hpserver
