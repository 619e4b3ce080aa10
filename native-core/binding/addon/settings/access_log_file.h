#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/protocol/http/access_log.h"

namespace hpserver::binding {

// A line per exchange: `peer method target status bytes µs`. Loops only format into memory; a
// thread of its own writes, so that a slow disk stops no client. All loops of the process that
// name one path share one.
class AccessLogFile final : public http::AccessLog {
 public:
  // The log at `path`, opened for appending. Errors: those of open(2).
  static Result<std::shared_ptr<AccessLogFile>> open(const std::string& path);
  ~AccessLogFile() override;

  explicit AccessLogFile(std::string path) : path_(std::move(path)) {}

  // Any thread. While the disk cannot keep up with kMaxQueuedBytes, lines are counted, not kept; so
  // are those that it refuses. Both are told of in the file, and the latter as a notice.
  void on_exchange(const http::AccessEntry& entry) override;

  // Any thread: opens the path anew, after it was rotated. Errors: those of open(2); the former
  // file stays in use.
  Result<void> reopen();

 private:
  static constexpr std::size_t kMaxQueuedBytes = std::size_t{8} * 1024 * 1024;

  void run();
  // The writer's: in the log of the process, now or together with the next ones.
  void tell_loss(std::uint64_t lost_count, int failure);

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string queued_;
  std::uint64_t lost_count_ = 0;
  std::shared_ptr<const Fd> file_;  // shared with a write under way
  bool ending_ = false;
  // The writer's.
  std::uint64_t untold_count_ = 0;
  std::chrono::steady_clock::time_point next_telling_;
  std::thread writer_;
};

}  // namespace hpserver::binding
