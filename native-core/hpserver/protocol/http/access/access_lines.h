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
  // No request head is larger. Only JSON's escapes can make a field longer; it is then truncated.
  static constexpr std::size_t kFileFieldBytes = std::size_t{64} * 1024;
  // For a log server: method, target, referer, agent and request id then take less than 7 KiB in
  // all.
  static constexpr std::size_t kDatagramFieldBytes = 1024;

  // append_plain, append_ncsa, append_combined, append_json.
  AppendAccess append = nullptr;
  // Logs one of this many exchanges.
  std::uint32_t sample = 1;
  // Each client-written field is truncated to this: a line for a log server must fit into a
  // datagram.
  std::size_t field_bytes = kFileFieldBytes;
};

// Logs a line per exchange. Formats it on the answering thread, and writes it on a thread of its
// own, or at once if `start` isn't called. Shared by all loops of a process.
class AccessLines final : public AccessLog {
 public:
  AccessLines(const AccessLinesOptions& options, std::unique_ptr<LineOutput> output,
              LineQueue::OnLost on_lost);

  // Call it before the first request. Errors: those of start_thread.
  Result<void> start() { return queue_.start("access-log"); }

  // Any thread.
  void on_exchange(const AccessEntry& entry) override;

 private:
  AccessLinesOptions options_;
  std::atomic<std::uint32_t> exchanges_{0};
  LineQueue queue_;
};

}  // namespace hpserver::http
