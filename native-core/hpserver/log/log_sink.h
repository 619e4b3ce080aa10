#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hpserver/log/severity.h"

namespace hpserver {

// One line, or several with '\n' between them; the view is valid during the call.
struct LogRecord {
  Severity severity = Severity::informational;
  std::chrono::system_clock::time_point time;
  std::string_view text;
};

// Who speaks: the same for all lines of a program.
struct LogSource {
  std::string program;  // "my-server": the tag of its lines
  Facility facility = Facility::daemon;
};

// Where lines go. Any thread may write; none of them is ever held up: what can't be taken at once
// is lost and counted, and that is told with the first line that can.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(const LogRecord& record) = 0;
  // How many lines were lost since the start. Any thread.
  [[nodiscard]] virtual std::uint64_t lost_count() const = 0;
};

}  // namespace hpserver
