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

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/log/line_output.h"

namespace hpserver {

// Queues the lines of many threads for one output, which a thread of its own writes: no caller
// waits for a disk. If `start` isn't called, because the process has yet to fork, each line is
// written at once.
class LineQueue {
 public:
  // Queued lines, in bytes; further ones are lost and counted.
  static constexpr std::size_t kMaxBytes = std::size_t{8} * 1024 * 1024;
  // A few lines wait this long; many lines are written sooner.
  static constexpr std::chrono::milliseconds kFlushPeriod{250};
  static constexpr std::size_t kWorthAWriteBytes = std::size_t{256} * 1024;
  static constexpr std::chrono::seconds kTellingPeriod{10};

  // Receives how many lines were lost since the last call, on the writing thread.
  using OnLost = std::function<void(std::uint64_t line_count)>;

  LineQueue(std::unique_ptr<LineOutput> output, OnLost on_lost);
  // Writes the queued lines.
  ~LineQueue();
  LineQueue(const LineQueue&) = delete;
  LineQueue& operator=(const LineQueue&) = delete;

  // Starts the writing thread. Call it at most once. Errors: those of start_thread.
  Result<void> start(const std::string& thread_name);

  // Queues one line, including its '\n'. Allocates only while the queue grows. Any thread.
  void push(std::string_view line);

 private:
  void run();
  void tell_losses(std::unique_lock<std::mutex>& lock, Deadline now);

  std::unique_ptr<LineOutput> output_;
  OnLost on_lost_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string waiting_;
  std::uint64_t lost_count_ = 0;
  bool is_started_ = false;
  bool is_ending_ = false;
  Deadline tells_again_{};
  std::thread writer_;
};

}  // namespace hpserver
