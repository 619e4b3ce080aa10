#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

#include "hpserver/base/result.h"
#include "hpserver/os/event_fd.h"
#include "hpserver/os/fd.h"

namespace hpserver::binding {

// Ends the process at the drain's deadline even if JavaScript doesn't return: a thread of its own
// receives SIGTERM and SIGINT at once. One per process, since signals belong to the process.
class EndGuard {
 public:
  struct Options {
    std::chrono::milliseconds drain_timeout{0};
    // The file for the log's last line; empty: stderr. The time in milliseconds since 1970 goes
    // between the two parts of the line.
    std::string log;
    std::string before_time;
    std::string after_time;
    // The process with which a worker process ends; 0: there is none.
    pid_t parent = 0;
  };

  // Starts guarding. JavaScript must already listen to both signals: its handlers are called after
  // ours. Without a parent, a second signal ends the process at once.
  // Errors: EMFILE, ENFILE; EAGAIN (no thread); EALREADY if it is called again.
  static Result<void> start(Options options);

  // JavaScript has been told to stop, and gets slightly longer than the deadline to do so.
  static void on_heard();

 private:
  EndGuard(Options options, EventFd wake) : options_(std::move(options)), wake_(std::move(wake)) {}

  static void on_signal(int number);
  [[nodiscard]] Result<void> listen();
  void run();
  [[noreturn]] void cut_off() const;
  void say_last_words() const;

  const Options options_;
  const EventFd wake_;
  Fd parent_;  // readable once the parent has exited
  std::atomic<int> signal_count_{0};
  std::atomic<bool> heard_{false};
};

}  // namespace hpserver::binding
