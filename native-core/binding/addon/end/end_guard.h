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

// Ends the process at the drain's deadline though JavaScript does not come back: a thread of its
// own hears SIGTERM and SIGINT as soon as they come. One per process, as signals are.
class EndGuard {
 public:
  struct Options {
    std::chrono::milliseconds drain_timeout{0};
    // The log that is told, by one line; no path: stderr. The time in milliseconds since 1970 goes
    // between the two halves.
    std::string log;
    std::string before_time;
    std::string after_time;
    // A worker process ends with its parent; 0: there is none.
    pid_t parent = 0;
  };

  // Guards from now on. JavaScript must listen to both signals already: its handlers are called
  // after ours. Without a parent, a second signal ends the process at once.
  // Errors: EMFILE, ENFILE; EAGAIN (no thread); EALREADY when it is called again.
  static Result<void> start(Options options);

  // JavaScript has heard that it is to end, and has a moment more than the deadline to do so.
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
  Fd parent_;  // readable once it has ended
  std::atomic<int> signal_count_{0};
  std::atomic<bool> heard_{false};
};

}  // namespace hpserver::binding
