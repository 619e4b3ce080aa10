#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "hpserver/base/result.h"
#include "hpserver/log/line_output.h"
#include "hpserver/log/line_queue.h"
#include "hpserver/protocol/http/access/access_format.h"
#include "hpserver/protocol/http/access_log.h"

namespace hpserver::http {

struct AccessLinesOptions {
  // No head has more; with the escapes of JSON it is cut off.
  static constexpr std::size_t kFileFieldBytes = std::size_t{64} * 1024;
  // For a log server: method, target, referer, agent and request id have less than 7 KiB together.
  static constexpr std::size_t kDatagramFieldBytes = 1024;

  // append_plain, append_ncsa, append_combined, append_json.
  AppendAccess append = nullptr;
  // One of so many exchanges gets a line.
  std::uint32_t sample = 1;
  // What a client wrote is cut off there, each thing by itself: a line for a log server has to fit
  // into a datagram.
  std::size_t field_bytes = kFileFieldBytes;
};

// A line per exchange. Formats on the thread that has answered, and writes on one of its own, or at
// once where `start` isn't called. All loops of a process share one.
class AccessLines final : public AccessLog {
 public:
  AccessLines(const AccessLinesOptions& options, std::unique_ptr<LineOutput> output,
              LineQueue::OnLost on_lost);

  // Before the first request. Errors: those of start_thread.
  Result<void> start() { return queue_.start("access-log"); }

  // Any thread.
  void on_exchange(const AccessEntry& entry) override;

 private:
  AccessLinesOptions options_;
  std::atomic<std::uint32_t> exchanges_{0};
  LineQueue queue_;
};

}  // namespace hpserver::http
