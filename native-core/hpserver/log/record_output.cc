#include "hpserver/log/record_output.h"

#include <chrono>

#include "hpserver/log/severity.h"

namespace hpserver {

void RecordOutput::write(std::string_view lines) {
  const auto now = std::chrono::system_clock::now();
  for_each_line(lines, [&](std::string_view line) {
    sink_->write({.severity = Severity::informational, .time = now, .text = line});
  });
}

}  // namespace hpserver
