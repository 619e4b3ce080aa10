#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/protocol/http/access_log.h"

namespace hpserver::binding {

// The format of lines, and destinations that aren't files. Set while the addon is loaded, before
// the first log is opened.
struct AccessLogWays {
  using Append = void (*)(std::string& lines, const http::AccessEntry& entry,
                          std::size_t field_bytes);
  // On the writing thread, which it may block.
  using Write = std::function<void(std::string_view lines)>;

  // Appends a line, or none; each client-written field gets at most `field_bytes`.
  Append append;
  // Returns an empty function for the path of a file.
  Write (*writer_of)(const std::string& place) = nullptr;
  // Whether lost lines are also reported in the access log itself.
  bool tells_inside = true;
};

// Writes a line per exchange: `peer method target status bytes µs`. Loops only format into memory;
// a separate thread writes, so a slow disk blocks no client. Loops of the process that use the same
// path share one.
class AccessLogFile final : public http::AccessLog {
 public:
  // Opens the log at `path` for appending. Errors: those of open(2).
  static Result<std::shared_ptr<AccessLogFile>> open(const std::string& path);
  ~AccessLogFile() override;

  explicit AccessLogFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] static AccessLogWays& ways();

  // Any thread. Lines that the disk refuses, or beyond kMaxQueuedBytes because it is too slow, are
  // counted and lost. Both are reported in the file, and the former also as a notice.
  void on_exchange(const http::AccessEntry& entry) override;

  // Any thread: opens the path again after a rotation. Errors: those of open(2); then the old file
  // stays in use.
  Result<void> reopen();

 private:
  static constexpr std::size_t kMaxQueuedBytes = std::size_t{8} * 1024 * 1024;

  void run();
  // For the writing thread: reports losses in the log of the process, now or together with the next
  // ones.
  void tell_loss(std::uint64_t lost_count, int failure);

  const std::string path_;
  AccessLogWays::Write write_;  // empty: to the file
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string queued_;
  std::uint64_t lost_count_ = 0;
  std::shared_ptr<const Fd> file_;  // shared with a write in progress
  bool ending_ = false;
  // For the writing thread.
  std::uint64_t untold_count_ = 0;
  std::chrono::steady_clock::time_point next_telling_;
  std::thread writer_;
};

}  // namespace hpserver::binding
