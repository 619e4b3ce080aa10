#include "hpserver/log/datagram_sink.h"

#include <cerrno>
#include <system_error>

#include "hpserver/log/lost_lines.h"

namespace hpserver {

void DatagramSink::write(const LogRecord& record) {
  const std::lock_guard lock(mutex_);
  if (told_count_ < lost_count_) tell_losses(record);
  if (!send(record, Line::ordinary)) lose_one();
}

void DatagramSink::lose_one() {
  ++lost_count_;
  note_lost_lines(1);
}

std::uint64_t DatagramSink::lost_count() const {
  const std::lock_guard lock(mutex_);
  return lost_count_;
}

bool DatagramSink::send(const LogRecord& record, Line line) {
  datagram_.clear();
  protocol_->append(datagram_, record);
  auto outcome = socket_.send(datagram_);
  if (outcome.code == EMSGSIZE) outcome = protocol_->send_long(socket_, datagram_);
  if (outcome.earlier_code != 0) {
    // A lost report of losses doesn't count as a lost line.
    if (last_sent_ == Line::ordinary) lose_one();
    told_count_ = arrived_count_;
    lost_code_ = outcome.earlier_code;
  } else if (last_sent_ == Line::telling) {
    arrived_count_ = told_count_;
  }
  if (outcome.code != 0) {
    lost_code_ = outcome.code;
    return false;
  }
  last_sent_ = line;
  return true;
}

void DatagramSink::tell_losses(const LogRecord& next) {
  const auto now = Clock::now();
  if (now < tells_again_) return;
  const std::uint64_t count = lost_count_;
  const std::string text = std::to_string(count) + (count == 1 ? " line" : " lines") +
                           " lost since the start: " + std::generic_category().message(lost_code_);
  if (!send({.severity = Severity::warning, .time = next.time, .text = text}, Line::telling))
    return;
  told_count_ = count;
  tells_again_ = now + kTellingPeriod;
}

}  // namespace hpserver
