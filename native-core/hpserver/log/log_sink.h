#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/log/severity.h"

namespace hpserver {

// One line, or several separated by '\n'; the view is valid during the call.
struct LogRecord {
  Severity severity = Severity::informational;
  std::chrono::system_clock::time_point time;
  std::string_view text;
};

// The program that logs: the same for all of its lines.
struct LogSource {
  std::string program;  // "my-server": the tag of its lines
  Facility facility = Facility::daemon;
};

// Where lines go. Any thread may write and never waits: a line that can't be taken at once is lost
// and counted, and the loss is reported with the next line that can.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(const LogRecord& record) = 0;
  // How many lines were lost since the start. Any thread.
  [[nodiscard]] virtual std::uint64_t lost_count() const = 0;
};

}  // namespace hpserver
