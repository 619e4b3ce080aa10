#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "hpserver/log/line_output.h"
#include "hpserver/log/log_sink.h"

namespace hpserver {

// Sends each line to a sink as a record with the current time. Never blocks.
class RecordOutput final : public LineOutput {
 public:
  // Other writers may share the sink.
  explicit RecordOutput(std::shared_ptr<LogSink> sink) : sink_(std::move(sink)) {}

  void write(std::string_view lines) override;

 private:
  std::shared_ptr<LogSink> sink_;
};

}  // namespace hpserver
