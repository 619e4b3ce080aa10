#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <optional>
#include <string>

#include "hpserver/base/clock.h"
#include "hpserver/base/result.h"
#include "hpserver/os/fd.h"
#include "hpserver/os/spawn.h"

namespace hpserver {

// Replaces the server with a new process of its program without ever ceasing to accept. SIGUSR2
// starts the successor with the same listening sockets; once it serves, both processes serve for a
// while, and then this one drains. Until then, the upgrade can be undone, and a failing successor
// changes nothing. Needs neither a thread nor a loop: SIGALRM signals deadlines and what the
// successor does. Main thread.
class Upgrade {
 public:
  struct Options {
    // What to start: the program's path, its arguments and the directory where it was started.
    Program program;
    // How long the successor may take until it serves; then it is killed.
    std::chrono::milliseconds patience{30'000};
    // How long both serve.
    std::chrono::milliseconds overlap{1'000};
    // Descriptor of the PID file; -1: none.
    std::function<int()> pid_file_fd = [] { return -1; };
    // Writes to the log; `is_fault` marks a failure.
    std::function<void(const std::string& line, bool is_fault)> tell;
    // Called with the process that becomes the main one: the successor, or this one again. For the
    // PID file and a service manager.
    std::function<void(pid_t)> on_main_process = {};
    // The successor has taken over: stops this process, as SIGTERM does.
    std::function<void()> drain;
  };

  explicit Upgrade(Options options);
  // Kills a successor that doesn't serve yet, but not a serving one.
  ~Upgrade();
  Upgrade(const Upgrade&) = delete;
  Upgrade& operator=(const Upgrade&) = delete;

  // SIGUSR2: starts a successor, unless there is one already, or one that was taken back is still
  // draining.
  void begin();
  // SIGALRM: checks the successor and the clock.
  void look();
  // SIGHUP: stops the successor; this process goes on. Does nothing without a successor.
  void take_back();
  // SIGQUIT: stops this process as soon as the successor serves. Does nothing without a successor.
  void finish();

 private:
  enum class State : std::uint8_t { alone, starting, overlapping, replaced };

  // What a successor has written since the last check.
  enum class Word : std::uint8_t { nothing, ready, end };

  [[nodiscard]] Result<pid_t> start(Fd& ready_fd) const;
  void overlap();
  void become_main(pid_t id) const;
  void drain();
  // Makes this process go on alone; sends signal `number` to the successor, if it is alive.
  void be_alone(int number);
  [[nodiscard]] Word listen();
  void wake_at(Deadline deadline);
  void look_after_leaving();
  [[nodiscard]] std::string successor() const { return "process " + std::to_string(id_); }
  void tell(const std::string& line, bool is_fault = false) const { options_.tell(line, is_fault); }

  Options options_;
  State state_ = State::alone;
  pid_t id_ = 0;  // the successor's
  Fd ready_fd_;   // reaches its end when the successor exits
  Deadline deadline_;
  bool in_haste_ = false;  // no overlap this time
  std::optional<timer_t> timer_;
  // A successor that was told to stop and hasn't yet.
  std::optional<pid_t> leaving_;
};

// Describes how to start the running program again from the same file; `arguments` are those of
// main. Main thread, in the directory where it was started. Errors: those of getcwd(3) and
// readlink(2).
[[nodiscard]] Result<Program> program_again(int argc, const char* const* argv);

}  // namespace hpserver
