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

// How lines look, and where they go that go to no file. Set while the addon is loaded, before the
// first log is opened.
struct AccessLogWays {
  using Append = void (*)(std::string& lines, const http::AccessEntry& entry,
                          std::size_t field_bytes);
  // On the writer's thread, which it may hold up.
  using Write = std::function<void(std::string_view lines)>;

  // Appends a line, or none; what a client wrote has at most `field_bytes` each.
  Append append;
  // An empty function for what is the path of a file.
  Write (*writer_of)(const std::string& place) = nullptr;
  // Whether lines that were lost are told of among the others as well.
  bool tells_inside = true;
};

// A line per exchange: `peer method target status bytes µs`. Loops only format into memory; a
// thread of its own writes, so that a slow disk stops no client. All loops of the process that
// name one path share one.
class AccessLogFile final : public http::AccessLog {
 public:
  // The log at `path`, opened for appending. Errors: those of open(2).
  static Result<std::shared_ptr<AccessLogFile>> open(const std::string& path);
  ~AccessLogFile() override;

  explicit AccessLogFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] static AccessLogWays& ways();

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
  AccessLogWays::Write write_;  // empty: to the file
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
