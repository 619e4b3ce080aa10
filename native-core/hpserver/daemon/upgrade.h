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

// Hands the server over to a new process of its program, without a moment in which nobody accepts:
// SIGUSR2 starts it with the same listening sockets; once it serves, both do for a while, and then
// this one drains. Until then it can be taken back, and a successor that fails changes nothing.
// Neither a thread nor a loop is needed: of what the successor does, and of deadlines, SIGALRM
// tells. For the main thread.
class Upgrade {
 public:
  struct Options {
    // What is started: the program's path, with its arguments and the folder where it was started.
    Program program;
    // Until the successor serves; later it is killed.
    std::chrono::milliseconds patience{30'000};
    // Both serve for so long.
    std::chrono::milliseconds overlap{1'000};
    // Of the PID file; -1: none.
    std::function<int()> pid_file_fd = [] { return -1; };
    // For the log; and whether something went wrong.
    std::function<void(const std::string& line, bool is_fault)> tell;
    // That process is the server from now on: the successor, or this one again. For the PID file,
    // and for a service manager.
    std::function<void(pid_t)> on_main_process = {};
    // The successor has all clients: ends this process, as SIGTERM does.
    std::function<void()> drain;
  };

  explicit Upgrade(Options options);
  // A successor that doesn't serve yet is killed; one that does goes on.
  ~Upgrade();
  Upgrade(const Upgrade&) = delete;
  Upgrade& operator=(const Upgrade&) = delete;

  // SIGUSR2: starts a successor. Not while there is one, or one that was taken back still drains.
  void begin();
  // SIGALRM: looks at what the successor does, and at the clock.
  void look();
  // SIGHUP: the successor ends, this process goes on. Nothing where there is none.
  void take_back();
  // SIGQUIT: this process ends as soon as the successor serves. Nothing where there is none.
  void finish();

 private:
  enum class State : std::uint8_t { alone, starting, overlapping, replaced };

  // What a successor has written since it was asked last.
  enum class Word : std::uint8_t { nothing, ready, end };

  [[nodiscard]] Result<pid_t> start(Fd& ready_fd) const;
  void overlap();
  void become_main(pid_t id) const;
  void drain();
  // This process goes on; the successor gets that signal, if it lives.
  void be_alone(int number);
  [[nodiscard]] Word listen();
  void wake_at(Deadline deadline);
  void look_after_leaving();
  [[nodiscard]] std::string successor() const { return "process " + std::to_string(id_); }
  void tell(const std::string& line, bool is_fault = false) const { options_.tell(line, is_fault); }

  Options options_;
  State state_ = State::alone;
  pid_t id_ = 0;  // the successor's
  Fd ready_fd_;   // comes to its end when the successor does
  Deadline deadline_;
  bool in_haste_ = false;  // no overlap this time
  std::optional<timer_t> timer_;
  // One that was told to end, and hasn't yet.
  std::optional<pid_t> leaving_;
};

// The program that runs, to be started again from the same file: `arguments` are those of main.
// Main thread, where it was started. Errors: those of getcwd(3) and readlink(2).
[[nodiscard]] Result<Program> program_again(int argc, const char* const* argv);

}  // namespace hpserver
